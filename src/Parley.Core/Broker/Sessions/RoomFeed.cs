using System.IO.Pipelines;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Sessions;

/// <summary>Feed of a room to its members: the logs of its events, the places up to which members have read, and flushing.</summary>
/// <param name="flushes">Flushes it.</param>
/// <param name="state">State of the room, as its members were shown it.</param>
/// <param name="life">Its life.</param>
internal abstract class RoomFeed(PipeScheduler flushes, RoomState state, RoomLife life) : CoalescedFlush(flushes)
{
    /// <summary>Past this much that members were not yet given, whoever posts waits for the flush.</summary>
    private const int MaxUnflushedBytes = 256 * 1024;

    private TaskCompletionSource? _flushed;
    private DeliverySample? _samples;
    private int _expectedBytes;

    /// <summary>As spelled by whoever created it, or renamed it last.</summary>
    public RoomName Name => Shown.Name;

    /// <summary>Its life: see there. It goes with it through renames.</summary>
    public RoomLife Life { get; protected set; } = life;

    /// <summary>State of the room as its members were shown it; guarded by the gate.</summary>
    protected RoomState Shown { get; } = state;

    protected RoomLogs Logs { get; } = new(life);

    protected Lock Gate => Logs.Gate;

    /// <summary>The sessions that follow the room.</summary>
    public Session[] Followers()
    {
        lock (Gate)
        {
            return [.. Logs.All.SelectMany(log => log.Readers).Select(reader => ((RoomPlace)reader).Session)];
        }
    }

    /// <summary>Shows a member the room in another flavor from here on.</summary>
    public void Switch(RoomPlace subscription, Flavor flavor)
    {
        lock (Gate)
        {
            if (subscription.Log is { } log && log.Flavor != flavor)
            {
                Logs.Remove(subscription);
                Logs.Add(subscription, flavor);
            }
        }
    }

    /// <summary>Gives one member what it has not had, without sending it yet.</summary>
    public void Advance(RoomPlace subscription)
    {
        lock (Gate)
        {
            if (subscription.Log is { } log)
            {
                subscription.AdvanceTo(log, log.Head);
            }
        }
    }

    /// <summary>Gives every member what it has not had, without sending it yet: locks may be held.</summary>
    public void AdvanceAll() => Logs.Advance();

    /// <summary>
    /// Gives every member what a session has brought about here, with what comes before that, and the session itself all there is, without sending
    /// it yet: locks may be held.
    /// </summary>
    public void AdvanceBehind(RoomPlace place)
    {
        AdvanceUpTo(place.LastAct);
        Advance(place);
    }

    /// <summary>Gives every member so many of the room's events at least, without sending them yet: locks may be held.</summary>
    public void AdvanceUpTo(long events) => Logs.Advance(events);

    /// <summary>Has what was shown flushed soon.</summary>
    public void ScheduleFlush() => MarkDirty();

    /// <summary>Something is on its way to the members, who will be given all that has been kept by then in one piece.</summary>
    /// <returns>Whether so much is on its way that whoever posts waits: what comes at once MUST fit into an outbox that is not empty.</returns>
    public bool Expect(int bytes) => Interlocked.Add(ref _expectedBytes, bytes) > MaxUnflushedBytes;

    /// <summary>Withdraws bytes announced to <see cref="Expect"/>: they have arrived, or never will.</summary>
    public void ExpectNoMore(int bytes) => Interlocked.Add(ref _expectedBytes, -bytes);

    /// <summary>Sends every member what it has not had.</summary>
    public override void Flush()
    {
        TaskCompletionSource? flushed;
        DeliverySample? samples;
        lock (Gate)
        {
            // Taken ahead of the first head, so that nobody who waits for it has said something that this flush leaves out.
            (flushed, _flushed) = (_flushed, null);
            (samples, _samples) = (_samples, null);
        }

        Logs.Send();
        flushed?.TrySetResult();
        DeliverySample.AllFlushed(samples);
    }

    /// <summary>A message is in the logs. The gate MUST be held.</summary>
    /// <param name="sample">Is told so, and when the members were given it; null if it is not followed.</param>
    /// <param name="wait">If the room is behind: completes when its members were given what they lack.</param>
    protected void HasFed(DeliverySample? sample, out Task? wait)
    {
        wait = null;
        if (sample is not null)
        {
            sample.Published();
            (sample.Next, _samples) = (_samples, sample);
        }

        if (Logs.IsBehind(MaxUnflushedBytes))
        {
            _flushed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            wait = _flushed.Task;
        }
    }
}
