using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;

namespace Parley.Core.Broker.Timeline;

/// <summary>Something that a session asks of a room, or of several in turn, and how far the answer has come.</summary>
/// <param name="by">The session.</param>
/// <param name="isBehind">Whether it has to come behind something that is on its way.</param>
internal sealed class RoomAsk(Session by, bool isBehind)
{
    private bool _isBegun;
    private RoomStep? _registered;

    /// <summary>The session.</summary>
    public Session By { get; } = by;

    /// <summary>The time of the decision.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>The session that is shown the event as its own; null for none.</summary>
    public Session? Tells { get; set; } = by;

    /// <summary>The user whose places in rooms change; null for nobody's.</summary>
    public User? Owner { get; set; }

    /// <summary>With an event about a user: who has seen it already.</summary>
    public OncePerSession? Audience { get; init; }

    /// <summary>Comes ahead of the first of it that is on its way, with no room's gate held.</summary>
    public Action? Before { get; set; }

    /// <summary>True if some of it is on its way, and so is whatever follows.</summary>
    public bool IsBehind { get; private set; } = isBehind;

    /// <summary>Completes when all of it is shown; null if it is, or if nothing was decided.</summary>
    public Task<Verdict>? Completion { get; private set; }

    /// <summary>Has the room take a decision: at once, or as a step behind what is on its way.</summary>
    /// <typeparam name="TState">What showing it needs.</typeparam>
    /// <param name="room">The room.</param>
    /// <param name="entry">The event; null if only somebody's place in the room changes.</param>
    /// <param name="state">What showing it needs.</param>
    /// <param name="show">Shows it, under the room's gate.</param>
    public void Take<TState>(RoomTimeline room, RoomEvent? entry, in TState state, Action<TState> show)
    {
        if (IsBehind || !room.TryTakeAtOnce(By, entry, state, show))
        {
            TakeBehind(room, entry, state, show);
        }
    }

    private void TakeBehind<TState>(RoomTimeline room, RoomEvent? entry, TState state, Action<TState> show) => Take(room, entry, () => show(state));

    /// <summary>Makes a step of a decision, and has the room take it.</summary>
    /// <param name="room">The room.</param>
    /// <param name="entry">The event; null if only somebody's place in the room changes.</param>
    /// <param name="show">Shows it, under the room's gate.</param>
    /// <param name="replacement">What history keeps in place of a message; such a step never goes at once.</param>
    /// <param name="isRegistered">Whether the room's registration has to be kept with it; nor does such a step go at once, if that takes time.</param>
    /// <param name="undo">Undoes what was done already, if that cannot be kept.</param>
    public void Take(
        RoomTimeline room, RoomEvent? entry, Action show, HistoryEntry? replacement = null, bool isRegistered = false, Action? undo = null)
    {
        var step = new RoomStep(By, room, entry, show)
        {
            Owner = Owner,
            Before = _isBegun ? null : Before,
            Replacement = replacement,
            IsRegistered = isRegistered,
            Undo = undo,
        };
        if (isRegistered)
        {
            _registered = step;
        }

        if (!room.Take(step, !IsBehind && replacement is null && !isRegistered))
        {
            Begin(step.CompletionAsync());
        }
        else if (step.IsRefused)
        {
            Completion = Task.FromResult(Verdict.RegistryFails);
        }
    }

    /// <summary>Some of it is on its way.</summary>
    /// <param name="completion">Completes when that is shown, or refused.</param>
    public void Begin(Task<Verdict> completion) => (_isBegun, IsBehind, Completion) = (true, true, completion);

    /// <summary>Ends it: runs an action now, or behind what is on its way.</summary>
    public void Finish(Lane? lane, Action action)
    {
        if (IsBehind && lane is not null)
        {
            var step = new ActionStep(By, action, _registered);
            Completion = step.CompletionAsync();
            if (lane.TryAddBehind(step))
            {
                return;
            }

            Completion = null;
        }

        if (_registered is { IsRefused: true })
        {
            Completion = Task.FromResult(Verdict.RegistryFails);
            return;
        }

        action();
    }
}
