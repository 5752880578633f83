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
    private bool _stopped;

    /// <summary>Sends a message, and shows it to its author as the author's flavor has it.</summary>
    /// <returns>Those who are not here.</returns>
    public IReadOnlyList<UserName> Send(User from, IReadOnlyList<UserName> recipients, NameDirectory names, ReadOnlyMemory<byte> text, DateTimeOffset time)
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

                if (names.Find(recipients[i]) is not { } to || !TrySend(from, to, text, time, reached))
                {
                    (missing ??= []).Add(recipients[i]);
                }
            }
        }

        foreach (var session in reached)
        {
            session.Outbox.ScheduleSend();
        }

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

    private static bool TrySend(User from, User to, ReadOnlyMemory<byte> text, DateTimeOffset time, List<Session> reached)
    {
        var message = new DirectMessage(time, from.Actor, to.Name, text);
        if (!Append(to.Sessions, static (flavor, message, output) => flavor.EncodeDirect(message, output), message, reached))
        {
            return false;
        }

        Append(from.Sessions, static (flavor, message, output) => flavor.EncodeDirectEcho(message, output), message, reached);
        return true;
    }

    /// <summary>False if none of the sessions takes any more: they are all closing.</summary>
    private static bool Append(
        Session[] sessions,
        Action<Flavor, DirectMessage, IBufferWriter<byte>> encode,
        DirectMessage message,
        List<Session> reached)
    {
        var taken = false;
        foreach (var session in sessions)
        {
            var line = Scratch.Encode((session.Flavor, message, encode), static (its, output) => its.encode(its.Flavor, its.message, output));
            if (line.Length > 0 && session.AppendPrivate(line, messages: 1))
            {
                reached.Add(session);
                taken = true;
            }
        }

        return taken;
    }
}
