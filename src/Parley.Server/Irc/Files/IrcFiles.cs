using System.Text;
using Parley.Protocol.Irc;
using Parley.Server.Irc.AuthTokens;
using Parley.Server.Options;

namespace Parley.Server.Irc.Files;

/// <summary>Contents of the files that IRC reads when the server starts, and again on REHASH.</summary>
/// <param name="Motd">The lines that clients are shown when they come; none if there are none.</param>
/// <param name="Password">What clients have to give by PASS; null if nothing.</param>
/// <param name="Operators">Who may become an operator.</param>
/// <param name="Services">The services outside of the server that people prove to whom they are.</param>
internal sealed record IrcFiles(IReadOnlyList<string> Motd, string? Password, IrcOperators Operators, OutsideServices Services)
{
    /// <summary>Bytes of a line that fit behind what stands before it, whatever the server and the client are called.</summary>
    private const int MaxMotdLineBytes = 400;

    private const int MaxFileBytes = 64 * 1024;

    /// <summary>Reads all files. Blocks.</summary>
    /// <exception cref="SettingsException">A file cannot be read, or says something that will not do. Says no password.</exception>
    public static IrcFiles Read(ParleyOptions options)
        => new(
            [.. ReadLines("motd", options.Motd).SelectMany(Wrap)],
            ReadPassword(options.IrcPassword),
            IrcOperators.Parse(options.Operators, ReadLines("operators", options.Operators)),
            OutsideServices.Parse(options.Services, ReadLines("services", options.Services)));

    private static string? ReadPassword(string path)
    {
        if (ParleyOptions.IsNone(path))
        {
            return null;
        }

        return ReadLines("irc-password", path) is [{ Length: > 0 } password, ..]
            ? password
            : throw new SettingsException([$"irc-password: the first line of {path} is empty: write the password there"]);
    }

    private static IEnumerable<string> Wrap(string line)
    {
        var parts = new List<string>();
        foreach (var part in IrcText.Split(Encoding.UTF8.GetBytes(line), MaxMotdLineBytes))
        {
            parts.Add(Encoding.UTF8.GetString(part));
        }

        return parts.Count == 0 ? [""] : parts;
    }

    private static string[] ReadLines(string setting, string path)
    {
        if (ParleyOptions.IsNone(path))
        {
            return [];
        }

        try
        {
            return new FileInfo(path).Length <= MaxFileBytes
                ? File.ReadAllLines(path)
                : throw new SettingsException([$"{setting}: {path} is too long: give a file of at most {MaxFileBytes / 1024} KiB"]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingsException([$"{setting}: {path} cannot be read ({e.Message})"]);
        }
    }
}
