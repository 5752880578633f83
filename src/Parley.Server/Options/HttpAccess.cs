namespace Parley.Server.Options;

/// <summary>Access to what is served over HTTP for operators: the status page, metrics.</summary>
public enum HttpAccess
{
    /// <summary>Anybody who asks from this machine, and not through a proxy; and anybody who shows a token for it.</summary>
    Loopback,

    /// <summary>Everybody who reaches the HTTP listener.</summary>
    Open,

    /// <summary>Nobody.</summary>
    Off,
}
