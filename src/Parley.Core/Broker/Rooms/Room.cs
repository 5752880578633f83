using System.IO.Pipelines;
using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Rooms;

/// <summary>
/// One room: who is in it and how it works, as the fold of its events, which its members are shown.
/// </summary>
/// <remarks>
/// Whatever is asked of a room is decided here, once, on its state with everything folded in that was decided before, shown
/// or not. How a decision comes to be shown is the <see cref="RoomTimeline"/>'s matter.
/// </remarks>
/// <param name="state">How it begins.</param>
/// <param name="life">Its life.</param>
/// <param name="flushes">Flushes it.</param>
/// <param name="observer">Is told of everything that is said in it.</param>
/// <param name="lane">Keeps what happens in it; null where nothing is kept.</param>
/// <param name="registry">Keeps it while it is registered; null where no room ever is.</param>
internal sealed partial class Room(
    RoomState state, RoomLife life, PipeScheduler flushes, IMessageObserver? observer, Lane? lane, IRoomRegistry? registry)
    : AdoptedRoom(state, life, flushes, observer, lane, registry)
{
    // Null while the room is not in slow mode. Messages that are on their way count, so it is no part of the state that is shown.
    private SpeechPace? _pace;

    /// <summary>The room that a place is in.</summary>
    public static Room Of(RoomPlace place) => (Room)place.Room;

    /// <summary>Says something in a user's name.</summary>
    /// <param name="session">The author's session.</param>
    /// <param name="author">The author.</param>
    /// <param name="place">The session's place here; null if it is no member.</param>
    /// <param name="what">The message, and whether somebody waits until it is shown.</param>
    /// <param name="now">Now.</param>
    /// <param name="sample">Is told when it is in, and when the members were given it.</param>
    public Posting Post(Session session, User author, RoomPlace? place, Post what, DateTimeOffset now, DeliverySample? sample)
    {
        Task? wait;
        MessagePosted message;
        lock (Gate)
        {
            if (Unfit() is { } unfit)
            {
                return new Posting(unfit);
            }

            // Its name here, which a rename that is on its way through the rooms may not have reached yet.
            var actor = Decided.TryGet(author.Id, out var member) ? member.Actor : author.Actor;
            var draft = what.Draft;
            var pause = PauseOf(actor, member.Rank, draft);
            var sinceLast = pause is null ? null : _pace?.Since(actor, now, pause.Value);
            if (Policy.RefusesSpeech(actor, follows: place is { IsLeaving: false }, sinceLast, now, draft.Words) is { } refusal)
            {
                return new Posting(refusal)
                {
                    RetryAfter = refusal == Verdict.TooSoon ? pause - sinceLast : null,
                    Pattern = refusal == Verdict.Filtered ? Decided.Filters(draft.Words.Span)?.Text : null,
                };
            }

            var isKept = draft.IsKept && Numbers.AreKept;
            message = new MessagePosted(Decided.Name, Numbers.Next(isKept), TimeOf(now, isKept), actor, draft) { IsKept = isKept, Life = Guard };
            if (pause is not null)
            {
                (_pace ??= new SpeechPace()).Spoke(actor.Identity, message.Time, pause.Value);
            }

            if (Lane is not null && (isKept || HasInFlight || session.HasInFlight))
            {
                var step = new MessageStep(session, place, this, message, sample);
                var shown = what.IsAwaited ? step.CompletionAsync() : null;
                return TrySend(step, out wait) ? new Posting(Verdict.Accepted, message, wait, shown, step) : new Posting(Verdict.Stopping);
            }

            Say(place, message);
            HasFed(sample, out wait);
        }

        MarkDirty();
        return new Posting(Verdict.Accepted, message, wait);
    }

    protected override IReadOnlyList<SpeechTime> Spoke { get => _pace?.All ?? []; set => _pace = SpeechPace.Restore(value, Shown.NumberOf(RoomMode.Slow)); }

    protected override void Unsaid(MessagePosted message) => _pace?.TakeBack(message.Actor.Identity, message.Time);

    /// <summary>The time that has to pass between two messages of an author; null if it may say this at any time, as programs and those with a rank may say everything.</summary>
    private TimeSpan? PauseOf(in Actor author, MemberRank rank, MessageDraft draft)
    {
        if (Decided.NumberOf(RoomMode.Slow) is not { } seconds)
        {
            _pace = null;
            return null;
        }

        // A reaction is none, unless it is written in letters.
        return rank != MemberRank.None || author.Profile.IsPoster || (draft.Kind == MessageKind.Tags && !draft.HasLetters) ? null : TimeSpan.FromSeconds(seconds);
    }
}
