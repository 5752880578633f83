namespace Parley.Server.Options;

/// <summary>Access to the status page.</summary>
public enum StatusAccess
{
    /// <summary>Anybody who asks from this machine, and not through a proxy; and anybody who shows a token for it.</summary>
    Loopback,

    /// <summary>Everybody who reaches the HTTP listener.</summary>
    Open,

    /// <summary>Nobody.</summary>
    Off,
}
