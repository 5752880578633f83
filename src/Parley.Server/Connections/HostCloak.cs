using System.Net;
using System.Security.Cryptography;

namespace Parley.Server.Connections;

/// <summary>
/// Pseudonym that others are shown in place of a client's address. It is the same for the same address while the server runs, so that a
/// ban holds, and does not reveal the address. All protocols share it, so that a ban holds on each.
/// </summary>
internal sealed class HostCloak
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Of(IPAddress? address)
    {
        if (address is null || IPAddress.IsLoopback(address))
        {
            return "localhost";
        }

        var hash = HMACSHA256.HashData(_key, AddressKey.Of(address).GetAddressBytes());
        return string.Create(12, hash, static (cloak, hash) =>
        {
            for (var i = 0; i < cloak.Length; i++)
            {
                cloak[i] = Letters[hash[i] % Letters.Length];
            }
        }) + ".ip";
    }
}
