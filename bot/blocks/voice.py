"""Everything the app says in Slack besides the playbooks, in one place to be read as text.

About the sentence, never the person; a reason and a way out; short; the user's call.
"""

NAME = "Boundary Coach"

# A review.
HEADINGS = {
    1: "A quick thought before you send this",
    2: "One thought before you send this",
    3: "Stop and think before you send this",
}
MARKS = {1: "💭", 2: "✋", 3: "🛑"}
FINE = "Nothing to add. It reads clearly."
HELD_BACK = "Nothing new to add. I left out what you asked me not to mention, or heard from me this week."
WELL_HANDLED = "*Well handled:* {quote} {say}"
UNREAD = "I could not judge this: {reason}."
TRY = "*Try:*\n>{rewrite}"
YOUR_CALL = "Your call. Nothing was sent, and only you can see this."
SNOOZED = "You asked for quiet until {day}, so I only speak up about serious lines. `/boundary settings` wakes me up."
NICE_EDIT = "✨ Nice edit: {titles} reads clearly now."
USE = "Use this wording"
EDIT = "Edit draft"
WHY = "Why?"
NOT_HELPFUL = "Not helpful"
MORE = "More ({count})"

# The draft modal.
CHECK_TITLE = "Check a draft"
CHECK = "Check"
CHECK_AGAIN = "Check again"
READING = "Reading your draft…"
DRAFT_LABEL = "Your draft"
DRAFT_PART = "Your draft, part {number}"
DRAFT_HINT = "Only you can see this. I keep no draft."
DRAFT_PLACEHOLDER = "Paste or write what you are about to send"
LONGER = "My draft is longer"
WHO_LABEL = "Who is it to?"
WHERE_LABEL = "Where are you sending it?"
RECIPIENT_LABEL = "Who exactly?"  # Slack adds "(optional)" to each of these by itself
PROFESSION_LABEL = "What do you do?"
PROFESSION_HINT = "Such as tax adviser, designer, estate agent. I remember it for next time."
EMPTY_DRAFT = "Write or paste a draft first."
LINE_CHANGED = "That line has changed already, so I left your draft as it is."
WORDING_USED = "Done: the new wording is in your draft. Change whatever doesn't sound like you."
CUT_SHORT = "This message has {length:,} characters; I read the first {longest:,}. Check the rest on its own."
TOO_LONG_TO_CARRY = "Your draft was too long to carry over; paste it here."
RELATIONSHIPS = {
    "unknown": "I'd rather not say",
    "client": "A client",
    "friend": "A friend who is a client",
    "family": "Family who is a client",
    "neighbour": "A neighbour who is a client",
    "ex-client": "A former client",
    "prospect": "Somebody who may become a client",
}
VENUES = {
    "unknown": "I'd rather not say",
    "dm": "A direct message",
    "email": "An e-mail",
    "shared-channel": "A channel with the client in it",
    "internal-channel": "A channel of our own",
    "public": "In public",
}

# Why, and not helpful.
WHY_TITLE = "Why this line?"
IDEA = "*The idea.* {idea}"
NEVER_MEANS = "*It never means.* {never}"
EXAMPLE = "*Before:* {before}\n*After:* {after}"
RESTS_ON = "*It rests on*\n{codes}"
MUTE_PRINCIPLE = "Don't coach me on this"
UNMUTE_PRINCIPLE = "Coach me on this again"
MUTED = "Done. I won't mention this again; you can change it in Home under Preferences."
UNMUTED = "Done. I'll mention this again when I see it."
UNHELPFUL_TITLE = "Not helpful"
UNHELPFUL_INTRO = "Thanks for telling me. What was it? I'll stay quiet about it from now on, for you only."
UNHELPFUL_LABEL = "What was it?"
UNHELPFUL_SUBMIT = "Stay quiet"
REASONS = {
    "quoting": "I was quoting somebody",
    "agreed": "This is agreed with the client",
    "policy": "Our policy allows it",
    "wrong": "It is simply wrong here",
}
QUIETED = "Understood. I keep no words of yours, only a mark that tells me to stay quiet."

# Principles and the tip.
PRINCIPLES_TITLE = "What I look for"
PRINCIPLES_INTRO = "Eighteen lines that blur when clients are friends. Pick one to read more."
PICK_PRINCIPLE = "Pick a line"
TIP_TITLE = "Tip of the week"
TIP = "*{title}*\n{text}"
TIP_PLAN = "*Plan:* {plan}"
TIP_PRACTICE = "*Two minutes:* {practice}"
TIP_ASKS = "*A question first:* {question}"
TIP_ANSWER = "Show the tip"
TIP_RECALL = "Three weeks ago: *{title}*. {question}"
TIP_TRIED = "Tried it"
TIP_LATER = "Not now"
TIP_ANOTHER = "Show another"
TIP_TRIED_SAID = "✓ Tried. I'll ask how it sits in about three weeks."
TIP_LATER_SAID = "Fine. It comes back in the next round."
TIP_GONE = "That tip is no longer in the playbooks. `/boundary tip` shows this week's."
TIP_NO_OTHER = "There is no other tip to show: you muted the rest."
TIP_HOW_OFTEN = {
    "week": "The last few went by unanswered, which is fine. Would once a month suit better, or shall I stop?",
    "month": "The last few went by unanswered, which is fine. Keep them coming, or shall I stop?",
}
TIP_OF_CHANNEL = (
    "A member of this channel asked for this tip. `/boundary tips` says who; any member can change or stop it."
)
NO_TIP = "These playbooks hold no tips."

# Taking the tip: when, where, until when not.
DAYS = {
    "0": "Monday",
    "1": "Tuesday",
    "2": "Wednesday",
    "3": "Thursday",
    "4": "Friday",
    "5": "Saturday",
    "6": "Sunday",
}
MONTHS = "January February March April May June July August September October November December".split()
MOMENT = "{day} {date} {month} at {time}"
DATE = "{date} {month} {year}"
EVERY = {"week": "Every week", "month": "Once a month"}
WEEKLY = "{day}s at {time}"
MONTHLY = "the first {day} of the month at {time}"
TIPS_TITLE = "Weekly tip"
TIPS_OFF = (
    "*A short tip once a week?* One thing to try, at the hour you choose, only to you. Stopping takes two clicks."
)
TIPS_ON = "*Your tip:* {how} ({zone}). Next: {moment}."
TIPS_QUIET = "*Your tip:* {how} ({zone}), paused until {day}."
TIPS_CHANNEL_ON = (
    "*The tip in this channel:* {how} ({zone}). Next: {moment}. Set up by {who}; any member can change or stop it."
)
TIPS_CHANNEL_QUIET = (
    "*The tip in this channel:* {how} ({zone}), paused until {day}. Set up by {who}; any member can change or stop it."
)
TIPS_CHANNEL_OFF = (
    "*A tip in this channel once a week?* Everybody here reads it; I say who set it up, and any member can stop it."
)
TIPS_GET = "Get the weekly tip"
TIPS_GET_HERE = "Choose a day and time"
TIPS_CHANGE = "Change"
TIPS_SNOOZE = "Snooze until"
TIPS_RESUME = "End the pause"
TIPS_STOP = "Stop"
TIPS_STOP_ASK = "Stop the tip?"
TIPS_STOP_WHAT = "No more tips come. You can start again whenever you like."
TIPS_STOP_HERE = (
    "No more tips come to this channel, for anybody in it. It can be started again whenever somebody likes."
)
TIPS_STOP_YES = "Stop it"
TIPS_STOP_NO = "Keep it"
TIPS_STOPPED = "Stopped. No more tips come."
TIPS_PAST_DAY = "That day has come already. Pick a later one and I'll be quiet until then."
TIPS_MONTHLY = "Once a month"
TIPS_KEEP = "Keep it as it is"
TIPS_DAY_LABEL = "Which day?"
TIPS_TIME_LABEL = "At what time?"
TIPS_ZONE_LABEL = "In which time zone?"
TIPS_ZONE_HINT = "Type a city, such as Lisbon."
TIPS_ZONE_WRONG = "I don't know that time zone. Type a city near you and pick one."
TIPS_EVERY_LABEL = "How often?"
TIPS_TO_YOU = "It comes as a direct message, only to you."
TIPS_TO_CHANNEL = (
    "It comes to the channel. Everybody in it reads it and sees that you set it up; any member can stop it."
)
TIPS_START = "Start"
TIPS_SAVED = "Done. The next tip comes on {moment} ({zone}). `/boundary tips` changes, pauses or stops it."
TIPS_SAVED_QUIET = "Done. It stays paused until {day}. `/boundary tips` changes, pauses or stops it."
TIPS_ANNOUNCED = "{name} asked me for a short tip in this channel: {how} ({zone}), first on {moment}. Any member can change or stop it here."
TIPS_ENDED_HERE = "{name} stopped the tip in this channel. `/boundary tips here` starts it again."
TIPS_SOMEBODY = "A member"
TIPS_INVITE = "I can't post here yet. Type `/invite @Boundary Coach` in this channel, private ones too, and then `/boundary tips here` again."
TIPS_REFUSED = (
    "Slack doesn't let me post in this channel, so I changed nothing. `/boundary tips` sends the tip to you alone."
)
TIPS_HERE_IS_DIRECT = "This is a direct message, so there is no channel to post in. I can send the tip to you alone."
TIPS_WORD_UNKNOWN = (
    "`/boundary tips` shows your tip, `/boundary tips here` is for this channel, `/boundary tips stop` ends yours."
)

# Reminders.
REMINDER_TITLE = "You asked me to remind you"
REMINDERS_TITLE = "Reminder"
REMINDER = "You asked me to remind you: {note}"
REMINDER_BARE = "You wanted to look at a draft again."
ASK_TOMORROW = "Ask me again tomorrow"
REMIND_SET = "I'll remind you on {moment}: {note}"
REMIND_SET_BARE = "I'll ask you again on {moment}. I keep the hour, not the draft."
REMIND_CANCEL = "Cancel"
REMIND_CANCEL_LABEL = "Cancel this reminder"
REMIND_CANCELLED = "Cancelled. I forgot it."
REMIND_NONE = "Nothing is waiting. `/boundary remind ring Sam about the invoice tomorrow 9:00` sets one; I remind you in a direct message."
REMIND_WAITING = "*Waiting:*"
REMIND_ROW = "{moment}: {note}"
REMIND_A_DRAFT = "look at a draft again"
REMIND_UNREADABLE = "a note that I can't read any more"
REMIND_MORE = "And {count} more."
REMIND_NO_KEY = (
    "I keep words only encrypted, and whoever runs me has set no key for that, so I can't keep your note. "
    "*Ask me again tomorrow* under a review works, since it holds no words."
)
REMIND_TOO_MANY = "Fifty reminders are waiting already. `/boundary remind` lists them; cancel one first."
REMIND_TOO_LONG = "Keep it to one line of {most} characters or fewer: I hold a note to yourself, never a draft."
REMIND_UNCLEAR = {
    "no moment": "I didn't find a time in that. End with one, such as `tomorrow 9:00`, `in 2 hours`, `friday 14:30` or `2026-12-01 9:00`.",
    "no note": "And what shall I remind you of? For example: `/boundary remind ring Sam about the invoice tomorrow 9:00`.",
    "no zone": "I don't know your time zone. Add it at the end this once, such as `tomorrow 9:00 Europe/Lisbon`; I remember it.",
    "past": "That moment has passed. Name one that is still to come, such as `tomorrow 9:00`.",
    "far": "That is more than two years from now, longer than I promise to remember. Pick an earlier day.",
}

# Home and preferences.
HOME_TITLE = "Friends first, lines clear"
HOME_ABOUT = (
    "When a client is also a friend, a neighbour or family, small lines blur. Show me a draft before you send it and I'll say, "
    "only to you, where one does: the exact words, why they may land badly, and a better wording. It never means being less of a friend."
)
HOME_DOORS = (
    "*Ways in:* the button above · `/boundary check` and your draft · *Check boundaries* in the menu of any message, a note to "
    "yourself included · or write to me under *Messages*."
)
HOME_NOT = "I can't see what you type elsewhere, I never read channels, and what I say about a draft only you can see. I post in a channel only when a member asks for the weekly tip there."
HOME_CHECK = "Check a draft"
HOME_PREFERENCES = "Preferences"
HOME_PRINCIPLES = "What I look for"
PRIVACY_TITLE = "Privacy, in four lines"
PRIVACY = (
    "• Drafts are read in memory and never stored or logged.",
    "• Nobody but you sees a review; there is no report, for anybody.",
    "• I keep your preferences, what you muted, your tips and reminders; `/boundary forget` shows and deletes all of it.",
    "• The reading happens on the machine that runs this app; no draft is sent to an outside service.",
)
STATE_LINE = "*You:* {profession} · I mention {least}{muted}{snooze}"
NO_PROFESSION = "no profession set"
LEAST = {"1": "everything, small things too", "2": "what matters", "3": "only serious lines"}
MUTED_COUNT = " · {count} muted"
SNOOZE_UNTIL = " · quiet until {day}"
PREFERENCES_TITLE = "Preferences"
SAVE = "Save"
LEAST_LABEL = "How much do you want to hear?"
SNOOZE_LABEL = "Quiet until"
MUTED_PRINCIPLES_LABEL = "Lines I should not mention"
MUTED_PEOPLE_LABEL = "People I should not coach you about"
MARKS_LABEL = "Lines you marked as not helpful"
MARKS_CLEAR = "Forget the {count} I marked"
WAITING = "…"
PREFERENCES_AWAY = "I can't read your preferences just now. Reviews still work. Please try again in a few minutes."
MAYBE_SAVED = "My memory is slow just now: this may be done a little later, or not at all. Reviews still work. Please look again in a few minutes."
NOT_SAVED = (
    "I can't save anything just now, and nothing was changed. Reviews still work. Please try again in a few minutes."
)

# Commands.
HELP_INTRO = "I read a draft before you send it and say, only to you, where a line blurs."
UNKNOWN_COMMAND = "I don't know `{word}`."
DID_YOU_MEAN = " Did you mean `/boundary {nearest}`?"
UNKNOWN_PRINCIPLE = "I don't know the line `{word}`. `/boundary principles` names them all."
CHECK_WHAT = "Add the draft: `/boundary check` and then what you are about to send. Or use `/boundary` alone for a box to write in."
FORGET_HELD = "I hold of you: {what}. No draft, ever."
FORGET_NOTHING = "I hold nothing of you."
FORGET_ASK = "Delete it all? I'll treat you as somebody new."
FORGET_YES = "Delete everything"
FORGOTTEN = "Done. I hold nothing of you now."
HELD_NAMES = {
    "people": "your preferences",
    "mutes": "{count} things you muted",
    "told": "{count} small things I told you lately",
    "subscriptions": "{count} weekly tips and reminders that you set up",
    "deliveries": "when {count} of them were sent",
    "tips_shown": "which {count} tips you were shown",
    "struggles": "{count} kinds of line that your drafts met lately",
}

# Direct messages.
HELLO = "Paste a draft and I'll say, only to you, where a line blurs. `help` tells more."
HELP_WORDS = ("help", "hi", "hello", "hey", "?", "what can you do?")
NO_TEXT = "I can only read text. Paste the draft as a message."
PROMPTS = {
    "Check a price for a friend": "Since it's you, I'd do it at half price, just don't mention it to the others.",
    "Check bad news": "The launch slips by two weeks, but I'd rather not tell them until after the holiday.",
    "What can you do?": "help",
}

# When something fails.
BROKEN = "Something went wrong on my side, and nothing was sent. If it happens again, give this number to whoever runs me: `{reference}`."
EXPIRED = "Slack took too long to open the window. Please try once more."
SLACK_AWAY = "Slack doesn't answer me just now, so I can't answer you. Please try again in a minute."
