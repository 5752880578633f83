using System.Net;
using System.Security.Cryptography;
using System.Text;
using Parley.Server.Options;

namespace Parley.Server.Connections;

/// <summary>
/// The web gateways that may say by <see href="https://ircv3.net/specs/extensions/webirc">WEBIRC</see> for whom they
/// connect, each by its addresses and its password.
/// </summary>
/// <remarks>
/// They are kept in a file of their own, which can be kept from others as keys are: settings are shown to everybody on the
/// machine when they are arguments, and often to more people when they are configuration.
/// <code>
/// file = *( [ networks 1*blank password / "#" comment ] LF )     ; networks as NetworkList reads them
/// </code>
/// </remarks>
internal sealed class WebIrcGateways
{
    private readonly List<(NetworkList Networks, byte[] PasswordHash)> _gateways = [];

    /// <summary>No gateway.</summary>
    public static WebIrcGateways None { get; } = new();

    /// <summary>Reads them from a file; no gateway if the setting names none.</summary>
    /// <exception cref="SettingsException">The file will not do. Says every line at fault, and no password.</exception>
    public static WebIrcGateways Load(string file)
    {
        if (ParleyOptions.IsNone(file))
        {
            return None;
        }

        string[] lines;
        try
        {
            lines = File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingsException([$"webirc: {file} cannot be read ({e.Message})"]);
        }

        var gateways = new WebIrcGateways();
        var errors = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!gateways.TryAdd(lines[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            {
                errors.Add($"webirc: {file}, line {i + 1} will not do: give networks and a password, such as 192.0.2.1,2001:db8::/64 c0rrect-horse");
            }
        }

        return errors.Count == 0 ? gateways : throw new SettingsException(errors);
    }

    /// <summary>The networks that gateways are in.</summary>
    public IEnumerable<IPNetwork> Networks => _gateways.SelectMany(gateway => gateway.Networks.Networks);

    /// <summary>True if an address is a gateway's: then what counts is the address of whom it connects for.</summary>
    public bool Contains(IPAddress? address)
    {
        foreach (var (networks, _) in _gateways)
        {
            if (address is not null && networks.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if a connection from there may say for whom it is, having given that password. Takes the same time whatever is wrong with it.</summary>
    public bool TryAuthenticate(IPAddress address, string password)
    {
        // Hashes have one length, and where two of them begin to differ says nothing of the passwords.
        var hash = Hash(password);
        var isGood = false;
        foreach (var (networks, passwordHash) in _gateways)
        {
            isGood |= networks.Contains(address) & CryptographicOperations.FixedTimeEquals(hash, passwordHash);
        }

        return isGood;
    }

    private static byte[] Hash(string password) => SHA256.HashData(Encoding.UTF8.GetBytes(password));

    private bool TryAdd(string[] words)
    {
        if (words.Length == 0 || words[0].StartsWith('#'))
        {
            return true;
        }

        // What begins with a colon could not be sent as the parameter that it is.
        if (words.Length != 2 || words[1].StartsWith(':') || !NetworkList.TryParse(words[0], out var networks) || networks.IsEmpty)
        {
            return false;
        }

        _gateways.Add((networks, Hash(words[1])));
        return true;
    }
}
