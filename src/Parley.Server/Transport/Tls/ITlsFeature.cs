namespace Parley.Server.Transport.Tls;

/// <summary>Encryption of a connection, among its features; there is none on a connection in plain text, nor before the handshake.</summary>
internal interface ITlsFeature
{
    /// <summary>The version, as <c>TLSv1.3</c>; empty if a proxy in front does not tell.</summary>
    string Protocol { get; }

    /// <summary>The cipher suite by its registered name; empty if a proxy in front does not tell.</summary>
    string Cipher { get; }

    /// <summary>SHA-256 of the client's certificate, in 64 lower-case hexadecimal digits; null if it showed none. The client has proven that it has the key, and nobody has vouched for it.</summary>
    string? ClientCertificateFingerprint { get; }
}
