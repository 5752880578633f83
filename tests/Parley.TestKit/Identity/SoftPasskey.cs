using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Parley.TestKit.Identity;

/// <summary>An authenticator in memory with one passkey (ES256), which answers what a server asks as a browser hands it on (https://www.w3.org/TR/webauthn-3/).</summary>
public sealed class SoftPasskey(string origin) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _credential = RandomNumberGenerator.GetBytes(32);
    private byte[] _handle = [];

    /// <summary>Page on which the browser says that it is.</summary>
    public string Origin { get; set; } = origin;

    /// <summary>True if the person has shown to the device who it is.</summary>
    public bool IsVerified { get; set; } = true;

    /// <summary>Uses that it has counted.</summary>
    public uint Count { get; set; } = 1;

    public void Dispose() => _key.Dispose();

    /// <summary>Answers a question to make a passkey.</summary>
    public JsonObject Make(JsonNode question)
    {
        _handle = Base64Url.DecodeFromChars((string)question["user"]!["id"]!);
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var key = new CborWriter(CborConformanceMode.Ctap2Canonical);
        key.WriteStartMap(5);
        (int Label, int Value)[] numbers = [(1, 2), (3, -7), (-1, 1)];
        foreach (var (label, value) in numbers)
        {
            key.WriteInt32(label);
            key.WriteInt32(value);
        }

        key.WriteInt32(-2);
        key.WriteByteString(point.X!);
        key.WriteInt32(-3);
        key.WriteByteString(point.Y!);
        key.WriteEndMap();
        byte[] attested = [.. new byte[16], 0, (byte)_credential.Length, .. _credential, .. key.Encode()];
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString([.. Data((string)question["rp"]!["id"]!, hasCredential: true), .. attested]);
        attestation.WriteEndMap();
        return Answer(new JsonObject
        {
            ["attestationObject"] = Base64Url.EncodeToString(attestation.Encode()),
            ["clientDataJSON"] = Base64Url.EncodeToString(Client("webauthn.create", question)),
        });
    }

    /// <summary>Answers a question to log in.</summary>
    public JsonObject Use(JsonNode question)
    {
        Count++;
        var (data, client) = (Data((string)question["rpId"]!, hasCredential: false), Client("webauthn.get", question));
        return Answer(new JsonObject
        {
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["signature"] = Base64Url.EncodeToString(_key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            ["userHandle"] = Base64Url.EncodeToString(_handle),
        });
    }

    private JsonObject Answer(JsonObject response) => new()
    {
        ["id"] = Base64Url.EncodeToString(_credential),
        ["rawId"] = Base64Url.EncodeToString(_credential),
        ["type"] = "public-key",
        ["extensions"] = new JsonObject(),
        ["response"] = response,
    };

    private byte[] Client(string type, JsonNode question) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = type,
        ["challenge"] = (string)question["challenge"]!,
        ["origin"] = Origin,
        ["crossOrigin"] = false,
    }.ToJsonString());

    private byte[] Data(string host, bool hasCredential)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(host), data);
        data[32] = (byte)(1 | (IsVerified ? 4 : 0) | (hasCredential ? 0x40 : 0));
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), Count);
        return data;
    }
}
