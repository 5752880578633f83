using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Parley.TestKit.Identity;

/// <summary>A key that tokens are signed with, written from the RFCs and by no library, so that it checks one.</summary>
public sealed class SigningKey : IDisposable
{
    private static int _last;

    private readonly RSA? _rsa;
    private readonly ECDsa? _curve;

    private SigningKey(RSA? rsa, ECDsa? curve) => (_rsa, _curve) = (rsa, curve);

    /// <summary>The name by which tokens say which key it is.</summary>
    public string Id { get; } = $"key-{Interlocked.Increment(ref _last)}";

    public static SigningKey Rsa() => new(RSA.Create(2048), null);

    /// <summary>The public half of a key of another kind (RFC 8037), which only some servers know.</summary>
    public static JsonObject Edwards(string id) => new()
    {
        ["kid"] = id,
        ["use"] = "sig",
        ["kty"] = "OKP",
        ["alg"] = "EdDSA",
        ["crv"] = "Ed25519",
        ["x"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
    };

    public static SigningKey Curve() => new(null, ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The public half as a JWK (RFC 7517).</summary>
    public JsonObject PublicKey()
    {
        var key = new JsonObject { ["kid"] = Id, ["use"] = "sig" };
        if (_rsa is not null)
        {
            var parameters = _rsa.ExportParameters(includePrivateParameters: false);
            key["kty"] = "RSA";
            key["alg"] = "RS256";
            key["n"] = Base64Url.EncodeToString(parameters.Modulus);
            key["e"] = Base64Url.EncodeToString(parameters.Exponent);
        }
        else
        {
            var parameters = _curve!.ExportParameters(includePrivateParameters: false);
            key["kty"] = "EC";
            key["alg"] = "ES256";
            key["crv"] = "P-256";
            key["x"] = Base64Url.EncodeToString(parameters.Q.X);
            key["y"] = Base64Url.EncodeToString(parameters.Q.Y);
        }

        return key;
    }

    /// <summary>A token (RFC 7519) with these claims, signed.</summary>
    /// <param name="claims">What it says.</param>
    /// <param name="header">Changes what its header says.</param>
    public string Sign(JsonObject claims, Action<JsonObject>? header = null)
    {
        var head = new JsonObject { ["typ"] = "JWT", ["alg"] = _rsa is null ? "ES256" : "RS256", ["kid"] = Id };
        header?.Invoke(head);
        var text = $"{Encode(head)}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(text);
        var signature = _rsa?.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ?? _curve!.SignData(bytes, HashAlgorithmName.SHA256);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>A token that nobody has signed.</summary>
    public static string Unsigned(JsonObject claims) => $"{Encode(new JsonObject { ["typ"] = "JWT", ["alg"] = "none" })}.{Encode(claims)}.";

    /// <summary>A token that is signed with a key that everybody knows: the public half of this one.</summary>
    public string SignWithPublicKey(JsonObject claims)
    {
        var text = $"{Encode(new JsonObject { ["typ"] = "JWT", ["alg"] = "HS256", ["kid"] = Id })}.{Encode(claims)}";
        var key = Encoding.ASCII.GetBytes(_rsa?.ExportSubjectPublicKeyInfoPem() ?? _curve!.ExportSubjectPublicKeyInfoPem());
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)))}";
    }

    public void Dispose()
    {
        _rsa?.Dispose();
        _curve?.Dispose();
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
