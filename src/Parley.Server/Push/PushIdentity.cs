using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Parley.Server.Push;

/// <summary>The server as push services know it: signs with a key of its own that a request is from it (VAPID, RFC 8292).</summary>
internal sealed class PushIdentity : IDisposable
{
    /// <summary>Time for which a signature is good; RFC 8292 allows a day.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private static readonly string Header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);

    private readonly ECDsa _key;
    private readonly string? _contact;

    /// <param name="key">The private key, as <see cref="CreateKey"/> makes one.</param>
    /// <param name="contact">Where those are reached who run the server, as <c>mailto:</c>; null if it is not known.</param>
    public PushIdentity(string key, string? contact)
    {
        _key = ECDsa.Create();
        _key.ImportPkcs8PrivateKey(Convert.FromBase64String(key), out _);
        _contact = contact;
        PublicKey = Base64Url.EncodeToString(PushEncryption.PointOf(_key.ExportParameters(includePrivateParameters: false)));
    }

    /// <summary>The public key, an uncompressed point in base64url.</summary>
    public string PublicKey { get; }

    /// <summary>A new private key, PKCS#8 in base64.</summary>
    public static string CreateKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    /// <summary>The parameters of the <c>vapid</c> scheme for a request to a push service.</summary>
    /// <param name="endpoint">Where the request goes.</param>
    /// <param name="now">The time.</param>
    public string Authorize(Uri endpoint, DateTimeOffset now)
    {
        using var claims = new MemoryStream();
        using (var json = new Utf8JsonWriter(claims))
        {
            json.WriteStartObject();
            json.WriteString("aud", OriginOf(endpoint));
            json.WriteNumber("exp", (now + Lifetime).ToUnixTimeSeconds());
            if (_contact is not null)
            {
                json.WriteString("sub", _contact);
            }

            json.WriteEndObject();
        }

        var signed = $"{Header}.{Base64Url.EncodeToString(claims.ToArray())}";
        var signature = Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
        return $"t={signed}.{signature}, k={PublicKey}";
    }

    private static string OriginOf(Uri url)
    {
        var host = url.HostNameType == UriHostNameType.Dns ? url.IdnHost : url.Host;
        return url.IsDefaultPort ? $"{url.Scheme}://{host}" : $"{url.Scheme}://{host}:{url.Port}";
    }

    public void Dispose() => _key.Dispose();
}
