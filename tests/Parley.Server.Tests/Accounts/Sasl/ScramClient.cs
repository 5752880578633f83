using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Tests.Accounts.Sasl;

/// <summary>The client's side of SCRAM-SHA-256, written from RFC 5802 and not from the server's code.</summary>
internal sealed class ScramClient(string name, string password, string nonce = "rOprNGfwEbeRWgbNEkqO", string header = "n,,")
{
    private string _serverFirst = "";
    private byte[] _salted = [];
    private string _authMessage = "";

    public string First => header + FirstBare;

    private string FirstBare => $"n={name.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal)},r={nonce}";

    /// <summary>The answer to the server's first message.</summary>
    public string Final(string serverFirst, string? binding = null, string? otherNonce = null)
    {
        _serverFirst = serverFirst;
        var attributes = serverFirst.Split(',').ToDictionary(attribute => attribute[0], attribute => attribute[2..]);
        Assert.StartsWith(nonce, attributes['r'], StringComparison.Ordinal);
        _salted = Rfc2898DeriveBytes.Pbkdf2(
            password, Convert.FromBase64String(attributes['s']), int.Parse(attributes['i'], System.Globalization.CultureInfo.InvariantCulture), HashAlgorithmName.SHA256, 32);
        var withoutProof = $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(binding ?? header))},r={otherNonce ?? attributes['r']}";
        _authMessage = $"{FirstBare},{_serverFirst},{withoutProof}";
        var clientKey = Mac(_salted, "Client Key");
        var signature = Mac(SHA256.HashData(clientKey), _authMessage);
        return $"{withoutProof},p={Convert.ToBase64String([.. clientKey.Zip(signature, (key, mask) => (byte)(key ^ mask))])}";
    }

    /// <summary>What a server that knows the verifier says last.</summary>
    public string ExpectedServerFinal => $"v={Convert.ToBase64String(Mac(Mac(_salted, "Server Key"), _authMessage))}";

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
