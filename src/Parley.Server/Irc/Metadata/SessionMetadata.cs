using System.Collections.Immutable;
using Parley.Core.Intentions;
using Parley.Core.Queries;

namespace Parley.Server.Irc.Metadata;

/// <summary>Of which keys a session is told, and what it has set on its user before it had one.</summary>
internal sealed class SessionMetadata(IrcSession session)
{
    private readonly SortedDictionary<string, string> _early = new(StringComparer.Ordinal);

    // Replaced as a whole, as others' changes look here from any thread.
    private ImmutableList<string> _subscriptions = [];

    /// <summary>The keys, in the order in which they were asked for.</summary>
    public ImmutableList<string> Subscriptions => Volatile.Read(ref _subscriptions);

    /// <summary>Values that the session has set before it registered; empty afterwards.</summary>
    public IReadOnlyDictionary<string, string> Early => _early;

    /// <summary>The code of a refusal: proposal 613 names some of them as other specifications do, for clients with draft/metadata-3.</summary>
    public string Code(string code) => !session.Has(IrcCapabilities.Metadata3) ? code : code switch
    {
        "KEY_INVALID" => "INVALID_KEY",
        "VALUE_INVALID" => "INVALID_VALUE",
        "SUBCOMMAND_INVALID" => "INVALID_PARAMS",
        "TOO_MANY_SUBS" => "LIMIT_REACHED",
        _ => code,
    };

    /// <summary>False if there are as many as there may be.</summary>
    public bool TrySubscribe(string key)
    {
        if (_subscriptions.Count >= MetadataLimits.MaxSubscriptions)
        {
            return false;
        }

        if (!_subscriptions.Contains(key))
        {
            Volatile.Write(ref _subscriptions, _subscriptions.Add(key));
        }

        return true;
    }

    public void Unsubscribe(string key) => Volatile.Write(ref _subscriptions, _subscriptions.Remove(key, StringComparer.Ordinal));

    /// <summary>Sets a value before the session has registered; null takes it away. False if there are too many, or none to take away.</summary>
    public bool TrySetEarly(string key, string? value)
    {
        if (value is null)
        {
            return _early.Remove(key);
        }

        if (!_early.ContainsKey(key) && _early.Count >= session.Context.MaxValues)
        {
            return false;
        }

        _early[key] = value;
        return true;
    }

    /// <summary>The session has registered: what it has set is its user's, and it is told so.</summary>
    public async ValueTask RegisteredAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, value) in _early)
        {
            await session.AskAsync(new SetValue(key, value), cancellationToken);
        }

        _early.Clear();
        if (session.Has(IrcCapabilities.AnyMetadata))
        {
            var values = (await session.LookAsync(new FindUser(session.Self.Name), cancellationToken))?.Values;
            session.Batch($"metadata {session.Nick}", (values ?? Early).Select(each => MetadataLines.Of(session.Nick, each.Key, each.Value)));
        }
    }
}
