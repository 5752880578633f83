using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Parley.TestKit;

/// <summary>A request as a push service had it.</summary>
public sealed record PushRequest(string Url, HttpRequestHeaders Headers, string ContentEncoding, byte[] Body)
{
    public string Header(string name) => Headers.GetValues(name).Single();

    /// <summary>Checks who has sent it, as RFC 8292 says, and returns what it claims; it throws where the signature is not that of the key.</summary>
    public JsonElement Claims(string publicKey)
    {
        var parameters = Headers.Authorization!.Parameter!.Split(", ");
        var (token, key) = (parameters[0]["t=".Length..].Split('.'), parameters[1]["k=".Length..]);
        if (Headers.Authorization.Scheme != "vapid" || key != publicKey)
        {
            throw new CryptographicException("It is signed by somebody else");
        }

        var point = Base64Url.DecodeFromChars(key);
        using var signer = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } });
        if (!signer.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256))
        {
            throw new CryptographicException("The signature is wrong");
        }

        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token[0]));
        return header.RootElement.GetProperty("alg").GetString() == "ES256"
            ? JsonDocument.Parse(Base64Url.DecodeFromChars(token[1])).RootElement
            : throw new CryptographicException("The signature is of another kind");
    }
}
