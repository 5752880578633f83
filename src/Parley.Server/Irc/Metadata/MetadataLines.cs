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
    /// <summary>Characters that a key may have, in words.</summary>
    public const string KeyRule = "Keys have a-z 0-9 _ . / -";

    /// <summary>The target of what is about all that a session may know of.</summary>
    public const string Everything = "*ALL";

    /// <summary>Returns what tells that there is a value, which nobody asked for: proposal 613 has the numerics of answers for that, too.</summary>
    public static string Of(IrcSession session, string target, string key, string? value)
        => session.Has(IrcCapabilities.Metadata3) ? Answer(session, target, key, value) : $"METADATA {target} {key} *{(value is null ? "" : $" :{value}")}";

    /// <summary>Returns what tells that somebody has set a value, or taken it away.</summary>
    public static string Change(IrcSession session, string source, string target, string key, string? value)
        => session.Has(IrcCapabilities.Metadata3) ? Answer(session, target, key, value) : $":{source} {Of(session, target, key, value)}";

    /// <summary>Returns the line that refuses a key among several, of which others may be taken.</summary>
    public static string BadKey(IrcSession session, string key)
        => session.Has(IrcCapabilities.Metadata3) ? $"WARN METADATA INVALID_KEY {key} :{KeyRule}" : $"FAIL METADATA KEY_INVALID {key} :{KeyRule}";

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

    /// <summary>Adds the lines for what a room has set under the keys.</summary>
    public static void AddRoom(IrcSession session, List<string> lines, RoomView room, IReadOnlyCollection<string> keys)
        => Add(session, lines, $"#{room.Name.Value}", room.Values, keys);

    /// <summary>Adds the lines for what a user has set under the keys. False if there is no such user.</summary>
    public static async ValueTask<bool> AddUserAsync(
        IrcSession session, List<string> lines, UserName user, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        if (await session.LookAsync(new FindUser(user, WithRooms: false), cancellationToken) is not { } view)
        {
            return false;
        }

        Add(session, lines, view.Actor.Name.Value, view.Values, keys);
        return true;
    }

    private static void Add(IrcSession session, List<string> lines, string target, IReadOnlyDictionary<string, string> values, IReadOnlyCollection<string> keys)
    {
        if (values.Count > 0)
        {
            lines.AddRange(keys.Where(values.ContainsKey).Select(key => Of(session, target, key, values[key])));
        }
    }
}
