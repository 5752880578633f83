namespace Parley.Server.Transport.Proxy;

/// <summary>Result of the search for a proxy's header at the beginning of a stream.</summary>
internal enum ProxyHeaderStatus
{
    /// <summary>The beginning of what may become a header.</summary>
    Incomplete,

    /// <summary>A whole header.</summary>
    Complete,

    /// <summary>Something else, whatever follows.</summary>
    Invalid,
}
