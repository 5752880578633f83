namespace Parley.Server.Options;

/// <summary>Who may see the status page.</summary>
public enum StatusAccess
{
    /// <summary>Whoever asks from this machine, and not through a proxy; and whoever shows a token for it.</summary>
    Loopback,

    /// <summary>Everybody who reaches the HTTP listener.</summary>
    Open,

    /// <summary>Nobody.</summary>
    Off,
}
