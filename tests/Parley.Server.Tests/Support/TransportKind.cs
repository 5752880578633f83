namespace Parley.Server.Tests.Support;

/// <summary>What a test's connections are made of.</summary>
public enum TransportKind
{
    InMemory,

    /// <summary>TCP on the server's own socket loops.</summary>
    Loops,

    /// <summary>The same, with TLS by the framework, as where OpenSSL is missing.</summary>
    LoopsWithSslStream,

    /// <summary>TCP on Kestrel's transport, as on systems without socket loops.</summary>
    Kestrel,
}
