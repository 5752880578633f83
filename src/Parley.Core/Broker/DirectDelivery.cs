using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <summary>Hands direct messages to their recipients' sessions, one message at a time, so that all of them have one order.</summary>
internal sealed class DirectDelivery
{
    // Lock tier 2, like a room's: outbox gates are taken inside.
    private readonly Lock _gate = new();
    private long _sequence;
    private long _lastNumber;
    private bool _stopped;

    /// <summary>The highest number in history of those that are in their sessions' outboxes; 0 if there is none.</summary>
    public long LastNumber => Volatile.Read(ref _lastNumber);

    /// <summary>Sends a message, and shows it to its author as the author's flavor has it.</summary>
    /// <returns>Those who are not here.</returns>
    public IReadOnlyList<UserName> Send(
        Session sender,
        User from,
        IReadOnlyList<UserName> recipients,
        NameDirectory names,
        MessageDraft draft,
        DateTimeOffset time,
        Func<UserName, long> number,
        DeliverySample? sample)
    {
        // What the author has said in a room before goes ahead, for itself and for those who are in that room too.
        Advance(from);
        foreach (var recipient in recipients)
        {
            Advance(names.Find(recipient));
        }

        List<UserName>? missing = null;
        var reached = new List<Session>(recipients.Count + 1);
        lock (_gate)
        {
            if (_stopped)
            {
                return recipients;
            }

            for (var i = 0; i < recipients.Count; i++)
            {
                if (IsRepeated(recipients, i))
                {
                    continue;
                }

                if (names.Find(recipients[i]) is not { } to
                    || !TrySend(sender, to, new DirectMessage(++_sequence, time, from.Actor, to.Name, draft, number(recipients[i])), reached))
                {
                    (missing ??= []).Add(recipients[i]);
                }

                Volatile.Write(ref _lastNumber, Math.Max(_lastNumber, number(recipients[i])));
            }
        }

        ScheduleSend(reached, sample);
        return missing ?? (IReadOnlyList<UserName>)[];
    }

    /// <summary>Takes no more messages from here on, whoever had them in hand.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
        }
    }

    private static void ScheduleSend(List<Session> reached, DeliverySample? sample)
    {
        if (sample is not null && reached.Count > 0)
        {
            // One after the other, where each would be sent by whichever thread is free: so somebody knows when the last one was.
            sample.Published();
            ThreadPool.UnsafeQueueUserWorkItem(static its => SendAll(its.reached, its.sample), (reached, sample), preferLocal: false);
            return;
        }

        foreach (var session in reached)
        {
            session.Outbox.ScheduleSend();
        }
    }

    private static void SendAll(List<Session> reached, DeliverySample sample)
    {
        foreach (var session in reached)
        {
            session.Outbox.Send();
        }

        sample.Flushed();
    }

    /// <summary>Takes rooms' gates, so it MUST NOT be called under this one.</summary>
    private static void Advance(User? user)
    {
        foreach (var session in user?.Sessions ?? [])
        {
            session.Advance();
        }
    }

    private static bool IsRepeated(IReadOnlyList<UserName> recipients, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (recipients[i] == recipients[index])
            {
                return true;
            }
        }

        return false;
    }

    private static bool TrySend(Session sender, User to, DirectMessage message, List<Session> reached)
    {
        var taken = false;
        foreach (var session in to.Sessions)
        {
            taken |= TryAppend(session, static (flavor, message, output) => flavor.EncodeDirect(message, output), message, reached);
        }

        if (!taken)
        {
            return false;
        }

        // Only the session that said it knows the message by its label, and may want no echo.
        var elsewhere = message with { Draft = message.Draft with { Label = null } };
        foreach (var session in sender.User?.Sessions ?? [])
        {
            if (session != sender || message.Draft.Echo)
            {
                TryAppend(
                    session,
                    static (flavor, message, output) => flavor.EncodeDirectEcho(message, output),
                    session == sender ? message : elsewhere,
                    reached);
            }
        }

        return true;
    }

    /// <summary>False if the session takes no more: it is closing.</summary>
    private static bool TryAppend(
        Session session,
        Action<Flavor, DirectMessage, IBufferWriter<byte>> encode,
        DirectMessage message,
        List<Session> reached)
    {
        var line = Scratch.Encode(
            (session.PrivateFlavor, message, encode),
            static (its, output) => its.encode(its.PrivateFlavor, its.message, output));
        if (line.Length == 0)
        {
            return message.Draft.IsForClients;
        }

        if (!session.AppendPrivate(line, messages: 1))
        {
            return false;
        }

        reached.Add(session);
        return true;
    }
}
