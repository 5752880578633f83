using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Metadata;

/// <summary>Lines that tell a session of metadata values.</summary>
internal static class MetadataLines
{
    /// <summary>That there is a value, or is none any more, which nobody asked for.</summary>
    public static string Of(string target, string key, string? value)
        => $"METADATA {target} {key} *{(value is null ? "" : $" :{value}")}";

    /// <summary>The code of a refusal: proposal 613 names some of them as other specifications do, for clients with draft/metadata-3.</summary>
    public static string Code(IrcSession session, string code) => !session.Has(IrcCapabilities.Metadata3) ? code : code switch
    {
        "KEY_INVALID" => "INVALID_KEY",
        "VALUE_INVALID" => "INVALID_VALUE",
        "SUBCOMMAND_INVALID" => "INVALID_PARAMS",
        "TOO_MANY_SUBS" => "LIMIT_REACHED",
        _ => code,
    };

    /// <summary>The answer to whoever asked for a value.</summary>
    public static string Answer(IrcSession session, string target, string key, string? value)
    {
        var numeric = value is null ? IrcNumeric.ERR_NOMATCHINGKEY : IrcNumeric.RPL_KEYVALUE;
        return $":{session.Context.ServerName} {(int)numeric} {session.Nick} {target} {key} {(value is null ? ":Key is not set" : $"* :{value}")}";
    }

    /// <summary>Returns the lines for what a room and its members have set under the keys.</summary>
    public static async ValueTask<List<string>> OfRoomAsync(
        IrcSession session, IRoomView room, IReadOnlyCollection<string> keys, HashSet<UserName> told, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        Add(lines, $"#{room.Name.Value}", room.Values, keys);
        foreach (var member in room.Members.Where(member => told.Add(member.Actor.Name)))
        {
            await AddUserAsync(session, lines, member.Actor.Name, keys, cancellationToken);
        }

        return lines;
    }

    /// <summary>Adds the lines for what a user has set under the keys.</summary>
    public static async ValueTask AddUserAsync(
        IrcSession session, List<string> lines, UserName user, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        if (await session.LookAsync(new FindUser(user), cancellationToken) is { Values.Count: > 0 } view)
        {
            Add(lines, view.Actor.Name.Value, view.Values, keys);
        }
    }

    private static void Add(List<string> lines, string target, IReadOnlyDictionary<string, string> values, IReadOnlyCollection<string> keys)
    {
        if (values.Count > 0)
        {
            lines.AddRange(keys.Where(values.ContainsKey).Select(key => Of(target, key, values[key])));
        }
    }
}
