using System.IO.Pipelines;
using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Timeline;

/// <summary>The decisions about a room, in order: those that its members were shown already, and those on their way to them.</summary>
/// <remarks>
/// A decision is applied and shown at once if nothing is on its way to the room; otherwise behind that, by the lane. So the state
/// that is shown MUST change by <see cref="Apply(RoomStep)"/> and <see cref="Say"/> only, in the order of decisions.
/// </remarks>
internal abstract class RoomTimeline : RoomFeed
{
    private readonly IMessageObserver? _observer;
    private readonly IRoomRegistry? _registry;

    // What is shown, with everything folded in that is on its way; null while that is the same.
    private RoomState? _ahead;

    // Steps on their way behind one that the registry may refuse, itself included; null while there is none.
    private List<RoomStep>? _behindRegistry;
    private int _inFlight;
    private int _renamings;
    private Task? _renaming;

    protected RoomTimeline(RoomState state, RoomLife life, PipeScheduler flushes, IMessageObserver? observer, Lane? lane, IRoomRegistry? registry)
        : base(flushes, state, life)
    {
        _observer = observer;
        _registry = registry;
        Lane = lane;
        FiledAs = state.Name;
        Audience = new RoomAudience(Shown, Logs);
    }

    /// <summary>Name under which the lane has things kept of it: a renaming changes it when it is kept, before it is shown. The lane's thread's own.</summary>
    public RoomName FiledAs { get; set; }

    /// <summary>Its name as it was shown, and whether it is about to take another.</summary>
    public RoomNaming Naming
    {
        get
        {
            lock (Gate)
            {
                return new RoomNaming(Shown.Name, Numbers.FormerNames, _renamings, _renaming);
            }
        }
    }

    /// <summary>State of the room once all decisions are shown; guarded by the gate.</summary>
    protected RoomState Decided => _ahead ?? Shown;

    protected RoomAudience Audience { get; }

    /// <summary>Lane that keeps messages; null where no history is kept.</summary>
    protected Lane? Lane { get; }

    /// <summary>Life that new decisions are kept with: the room's life while it keeps people out, none otherwise; guarded by the gate.</summary>
    protected RoomLife Guard => Decided.KeepsOut ? Life : default;

    /// <summary>Numbers its events. Guarded by the gate.</summary>
    protected RoomNumbers Numbers { get; set; } = new(last: 0, areKept: false);

    /// <summary>True if something is on its way here. Guarded by the gate.</summary>
    protected bool HasInFlight => _inFlight > 0;

    /// <summary>The number of the last event that was shown here.</summary>
    public long LastNumber
    {
        get
        {
            lock (Gate)
            {
                return Numbers.AreKept ? Logs.LastNumber : 0;
            }
        }
    }

    /// <summary>Asks how it is now, as its members were shown. The question MUST NOT keep the state, nor take a gate.</summary>
    public TAnswer Ask<TAnswer>(Func<RoomState, TAnswer> question)
    {
        lock (Gate)
        {
            return question(Shown);
        }
    }

    /// <summary>Has several decisions made with nothing in between.</summary>
    public TAnswer Together<TAnswer>(Func<TAnswer> decide)
    {
        lock (Gate)
        {
            return decide();
        }
    }

    /// <summary>Shows messages that were on their way here, and each of which is a <see cref="MessageStep"/>.</summary>
    public void Apply(ReadOnlySpan<LaneStep> messages, Publication publication)
    {
        Task? wait = null;
        lock (Gate)
        {
            foreach (var step in messages)
            {
                var its = (MessageStep)step;
                its.Sample?.Kept();
                its.Message = Say(its.Place, its.Message);
                HasFed(its.Sample, out wait);
                Arrived();
                ExpectNoMore(its.Bytes);
            }
        }

        publication.Add(this, wait);
    }

    /// <summary>A message that was on its way here could not be kept, and is shown to nobody.</summary>
    public void Drop(LaneStep step)
    {
        lock (Gate)
        {
            if (step is RoomStep its)
            {
                its.Undo?.Invoke();
                Retract(its);
            }

            Arrived();
            if (step is MessageStep { Message: var message })
            {
                Unsaid(message);
            }
        }

        if (step is MessageStep)
        {
            ExpectNoMore(step.Bytes);
        }
    }

    /// <summary>A message that was decided is shown to nobody. Under the gate.</summary>
    protected abstract void Unsaid(MessagePosted message);

    /// <summary>Applies something that was on its way here.</summary>
    public void Apply(RoomStep step)
    {
        lock (Gate)
        {
            Show(step.By, step.Entry, step, static step => step.Show());
            _behindRegistry?.Remove(step);
            Arrived();
        }
    }

    /// <summary>Has the registry keep the room as it is with an event applied. False: it does not take it.</summary>
    /// <param name="entry">The event; null for the room as it is shown.</param>
    public bool TryRegister(RoomEvent? entry)
    {
        RegisteredRoom? kept;
        lock (Gate)
        {
            // Whatever else is on its way comes behind this step, so the state that is shown stays until it is applied.
            var next = Shown.Clone();
            if (entry is not null)
            {
                next.Fold(entry);
            }

            kept = next.ToKeep(Life);
        }

        try
        {
            if (kept is null)
            {
                _registry?.Remove(Life);
            }
            else
            {
                _registry?.Save(kept);
            }

            return true;
        }
        catch (RoomRegistryException)
        {
            return false;
        }
    }

    /// <summary>Applies a renaming that was kept: from here on, the room has that name.</summary>
    public void Apply(RenamingStep step)
    {
        lock (Gate)
        {
            Numbers.FormerNames = step.FormerNames;
            Fold(step.Entry);
            step.Show();
            Arrived();
        }
    }

    /// <summary>A renaming could not be kept: the room goes on under the name that it has.</summary>
    public void Drop(RenamingStep step)
    {
        lock (Gate)
        {
            _ahead?.Name = Shown.Name;
            step.TakeBack();
            Arrived();
        }
    }

    /// <summary>Sends a renaming on its way, with which the room's numbers go on as those of its new name. The gate MUST be held.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="renaming">The event, without a number.</param>
    /// <param name="numbers">Numbers of the new name, under which nobody else gives any.</param>
    /// <param name="show">Shows the event, under the gate.</param>
    /// <param name="takeBack">Comes in place of that if the event cannot be kept.</param>
    /// <returns>False: nothing is kept any more.</returns>
    protected bool TryMove(RoomAsk ask, RoomRenamed renaming, RoomNumbers numbers, Action<RoomRenamed> show, Action takeBack)
    {
        var own = Numbers;
        numbers.NotBelow(own);
        Numbers = numbers;
        var entry = renaming with { Number = numbers.Next(isKept: true), Time = TimeOf(renaming.Time, isKept: true), IsKept = true };

        // A room that takes the old name begins behind that.
        own.NotBelow(entry.Number);
        var step = new RenamingStep(ask.By, this, entry)
        {
            IsRegistered = (Decided.Registration ?? Shown.Registration) is not null,
            FormerNames = [.. own.FormerNames, new FormerName(entry.Room, entry.Number, entry.Time)],
            Show = () =>
            {
                own.FormerNames = [];
                show(entry);
            },
            TakeBack = () =>
            {
                own.NotBelow(numbers);
                Numbers = own;
                takeBack();
            },
        };
        (_renamings, _renaming) = (_renamings + 1, step.CompletionAsync());
        if (!Lane!.TryAddBehind(step))
        {
            step.TakeBack();
            return false;
        }

        _inFlight++;
        (_ahead ??= Shown.Clone()).Fold(entry);
        ask.Begin(step.CompletionAsync());
        return true;
    }

    /// <summary>Shows a renaming. The gate MUST be held.</summary>
    protected void ShowRenaming(RoomRenamed entry, Session by)
    {
        Logs.LastNumber = Math.Max(Logs.LastNumber, entry.Number);
        Audience.ShowRenaming(entry, by);
    }

    /// <summary>Sends a message on its way. The gate MUST be held.</summary>
    protected bool TrySend(MessageStep step, out Task? wait)
    {
        if (!Lane!.TryAdd(step, out wait, mustWait: Expect(step.Bytes)))
        {
            ExpectNoMore(step.Bytes);
            return false;
        }

        _inFlight++;
        if (step.Message.IsKept)
        {
            Numbers.Events.Earn();
        }

        return true;
    }

    /// <summary>Shows a message; the result is what was shown.</summary>
    protected MessagePosted Say(RoomPlace? place, MessagePosted message)
    {
        // Decided under another name, if the room has been renamed meanwhile or could not be.
        message = ReferenceEquals(message.Room.Value, Shown.Name.Value) ? message : message with { Room = Shown.Name };
        Audience.Say(place, message);
        place?.LastAct = Logs.Count;
        if (message.Draft.MinRank == MemberRank.None)
        {
            _observer?.Posted(message);
        }

        return message;
    }

    /// <summary>Takes a decision: applies it now, or sends it behind what is on its way. The gate MUST be held.</summary>
    /// <param name="step">The decision.</param>
    /// <param name="mayGoAtOnce">Whether nothing is on its way elsewhere that it has to come behind.</param>
    /// <returns>Whether it was applied.</returns>
    public bool Take(RoomStep step, bool mayGoAtOnce)
    {
        if (Lane is not null && !(mayGoAtOnce && _inFlight == 0))
        {
            _ = step.CompletionAsync();
            if (Lane.TryAddBehind(step))
            {
                _inFlight++;
                if (step.Entry is { } entry)
                {
                    (_ahead ??= Shown.Clone()).Fold(entry);
                    if (_behindRegistry is not null || step.IsRegistered)
                    {
                        (_behindRegistry ??= []).Add(step);
                    }
                }

                return false;
            }
        }

        if (step.IsRegistered && !TryRegister(step.Entry))
        {
            step.IsRefused = true;
            step.Undo?.Invoke();
            return true;
        }

        ShowAtOnce(step.By, step.Entry, step, static step => step.Show());
        return true;
    }

    /// <summary>Takes a decision that nothing is ahead of elsewhere, if nothing is here: applies it now. The gate MUST be held.</summary>
    /// <typeparam name="TState">What showing it needs.</typeparam>
    /// <param name="by">The session whose intention it is.</param>
    /// <param name="entry">The event; null if only somebody's place in the room changes.</param>
    /// <param name="state">What showing it needs.</param>
    /// <param name="show">Shows it.</param>
    public bool TryTakeAtOnce<TState>(Session by, RoomEvent? entry, in TState state, Action<TState> show)
    {
        if (Lane is not null && _inFlight > 0)
        {
            return false;
        }

        ShowAtOnce(by, entry, state, show);
        return true;
    }

    private void ShowAtOnce<TState>(Session? by, RoomEvent? entry, in TState state, Action<TState> show)
    {
        Show(by, entry, state, show);
        if (entry is { IsKept: true })
        {
            Lane!.TryAddBehind(new KeepStep(this, entry));
        }

        // Nobody waits for it as for what is said: a crowd that comes in is told in fewer pieces.
        MarkDirtyWhenIdle();
    }

    private void Show<TState>(Session? by, RoomEvent? entry, in TState state, Action<TState> show)
    {
        if (entry is not null)
        {
            Fold(entry);
        }

        show(state);
        if (entry is not (null or UserJoined) && by?.Find(this) is { } place)
        {
            place.LastAct = Logs.Count;
        }

        Logs.EndFold();
    }

    private void Fold(RoomEvent entry)
    {
        Shown.Fold(entry);
        Logs.BeginFold(entry);
        if (entry is RoomRenamed)
        {
            // Each member is told by itself, and by the new name.
            Logs.EndFold();
        }
    }

    /// <summary>Something that was on its way has come, or will not.</summary>
    private void Arrived()
    {
        if (--_inFlight == 0)
        {
            _ahead = null;
            _behindRegistry = null;
        }
    }

    /// <summary>Takes a step that the registry has refused out of the state that is to come, and refuses those that were decided on it.</summary>
    private void Retract(RoomStep refused)
    {
        if (!refused.IsRefused || _behindRegistry is null)
        {
            return;
        }

        // A renaming that is on its way keeps the name that it has taken.
        var name = Decided.Name;
        _behindRegistry.Remove(refused);
        _ahead = Shown.Clone();
        _ahead.Name = refused.Entry is RoomRenamed ? Shown.Name : name;
        foreach (var step in _behindRegistry)
        {
            if (step.IsRegistered)
            {
                step.IsRefused = true;
            }
            else
            {
                _ahead.Fold(step.Entry!);
            }
        }
    }

    /// <summary>The time of an event: history's does not go back, and what it does not keep is told apart by it.</summary>
    protected DateTimeOffset TimeOf(DateTimeOffset now, bool isKept) => Lane is null ? now : Numbers.TimeOf(now, isKept);

    /// <summary>Time of an event that may be kept, if it is decided now.</summary>
    protected DateTimeOffset TimeOf(RoomAsk ask) => TimeOf(ask.Now, isKept: true);

    /// <summary>Gives an event, which nobody else has yet, the next number; history keeps it if it has a kind for it.</summary>
    /// <param name="entry">The event without a number, at <see cref="TimeOf(RoomAsk)"/>.</param>
    /// <returns>The event.</returns>
    protected RoomEvent Number(RoomEvent entry)
    {
        var isKept = Lane is { KeepsEvents: true } && Numbers.AreKept && EventEntry.IsKept(entry) && Numbers.Events.TrySpend(entry.Time);
        // How the rules change is for those who are in, whichever way they change.
        entry.Take(Numbers.Next(isKept), isKept, life: entry is ModesChanged ? Life : Guard);
        return entry;
    }
}
