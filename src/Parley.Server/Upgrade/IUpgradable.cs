namespace Parley.Server.Upgrade;

/// <summary>A server that another process can take the place of.</summary>
internal interface IUpgradable
{
    /// <summary>Time that the newer program may take to be ready, and then to take over.</summary>
    TimeSpan UpgradeTimeout { get; }

    /// <summary>The reason not to upgrade this server so, in words that say what to do instead; null if it can be.</summary>
    string? RefusesUpgrade { get; }

    /// <summary>The listening sockets, which stay the server's until it is handed over.</summary>
    IReadOnlyList<HandedListener> FindListeners();

    /// <summary>Records that a newer program has not taken the server's place, in the log and in the audit.</summary>
    /// <param name="reason">Why not.</param>
    Task RecordFailureAsync(string reason);

    /// <summary>Stops without a goodbye, and gives what is known.</summary>
    /// <param name="listeners">The listening sockets, which go along.</param>
    Task<ServerState> HandOverAsync(IReadOnlyList<HandedListener> listeners);
}
