using System.Net;
using Parley.Core.Text;
using Parley.Server.Connections;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Limits letters: so many an hour that one address asks for, and as many to one reader, whoever asks.</summary>
internal sealed class MailLimits(ParleyOptions options, ConnectionGate gate, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly AttemptWindow<IPAddress> _addresses = new(options.MailsPerHour, Window);
    private readonly AttemptWindow<string> _readers = new(options.MailsPerHour, Window);

    /// <summary>Words for whoever asks for more.</summary>
    public string Refusal { get; } = $"Too many e-mails were asked for (at most {Counted.Of(options.MailsPerHour, "e-mail")} an hour), try again later";

    /// <summary>Counts that an address asks for a letter; false if it may not.</summary>
    public bool TryAsk(IPAddress? address)
    {
        if (gate.IsExempt(address))
        {
            return true;
        }

        return TryTake(_addresses, AddressKey.Of(address!));
    }

    /// <summary>Counts a letter to a reader; false if there were as many as may be.</summary>
    public bool TrySendTo(string reader) => TryTake(_readers, reader.ToUpperInvariant());

    private bool TryTake<TKey>(AttemptWindow<TKey> window, TKey key)
        where TKey : notnull
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!window.HasRoom(key, now))
            {
                return false;
            }

            window.Add(key, now);
            return true;
        }
    }
}
