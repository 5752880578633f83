using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Parley.Core.Accounts;

namespace Parley.Server.Connections;

/// <summary>
/// Pseudonym that others are shown in place of a client's address. It is the same for the same address on all protocols, so that a ban
/// holds, and does not reveal the address. It stays the same for as long as the server has its accounts, as bans of registered rooms do.
/// </summary>
/// <param name="accounts">Whose secret it is made with; null for one that ends with the process.</param>
internal sealed class HostCloak(IAccountStore? accounts = null) : IHostedService
{
    private const int KeyBytes = 32;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly byte[] Purpose = "host cloak"u8.ToArray();

    private byte[] _key = RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>Reads the secret, before anybody comes.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (accounts is not null)
        {
            var secret = await accounts.SecretAsync(cancellationToken);
            _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.ToArray(), KeyBytes, info: Purpose);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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
