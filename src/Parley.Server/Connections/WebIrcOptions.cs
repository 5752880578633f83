using System.Globalization;

namespace Parley.Server.Connections;

/// <summary>Facts that a web gateway tells about its client in the last parameter of <c>WEBIRC</c>.</summary>
/// <remarks>
/// <code>
/// options = option *( SP option )
/// option  = name [ "=" value ]     ; an unknown name, or a value where none is known, means nothing
/// </code>
/// See <see href="https://ircv3.net/specs/extensions/webirc#options"/>. Values are escaped as those of tags are; none that is
/// read here has anything to escape in it.
/// </remarks>
/// <param name="IsSecure">The client has encrypted its way to the gateway. The whole way is only secure if the gateway's way to the server is.</param>
/// <param name="RemotePort">The client's port; 0 if that is not told.</param>
/// <param name="LocalPort">The gateway's port; 0 if that is not told.</param>
/// <param name="CertificateFingerprint">SHA-256 of the client's certificate, in 64 lower-case hexadecimal digits; null if it has shown none.</param>
internal sealed record WebIrcOptions(bool IsSecure = false, int RemotePort = 0, int LocalPort = 0, string? CertificateFingerprint = null)
{
    /// <summary>Reads them. What cannot be read was not said.</summary>
    public static WebIrcOptions Parse(string text)
    {
        var options = new WebIrcOptions();
        foreach (var option in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = option.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (option, "") : (option[..equals], option[(equals + 1)..]);
            options = name switch
            {
                "secure" => options with { IsSecure = true },
                "remote-port" => options with { RemotePort = Port(value) },
                "local-port" => options with { LocalPort = Port(value) },
                "certfp-sha-256" => options with { CertificateFingerprint = Fingerprint(value) },
                _ => options,
            };
        }

        return options;
    }

    private static int Port(string value) => ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0;

    private static string? Fingerprint(string value) => value.Length == 64 && value.All(char.IsAsciiHexDigit) ? value.ToLowerInvariant() : null;
}
