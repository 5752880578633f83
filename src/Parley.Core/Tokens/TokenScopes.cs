using Parley.Core.Names;

namespace Parley.Core.Tokens;

/// <summary>Rights of a token, in words: <c>post:main post:ops as:Deploy status admin:read</c>, or <c>post:*</c> for every room.</summary>
public sealed class TokenScopes
{
    private static readonly (string Name, AdminScopes Scope)[] AdminWords =
        [("read", AdminScopes.Read), ("accounts", AdminScopes.Accounts), ("server", AdminScopes.Server), ("moderation", AdminScopes.Moderation), ("rooms", AdminScopes.Rooms)];

    /// <summary>True if it may post to every room.</summary>
    public bool AllRooms { get; init; }

    /// <summary>The rooms that it may post to, if not all.</summary>
    public IReadOnlyList<RoomName> Rooms { get; init; } = [];

    /// <summary>Names besides its own that it may post under.</summary>
    public IReadOnlyList<UserName> Names { get; init; } = [];

    /// <summary>True if it may read what is for operators.</summary>
    public bool Status { get; init; }

    /// <summary>Parts of administration that it is for.</summary>
    public AdminScopes Administration { get; init; }

    /// <summary>True if it may post to a room.</summary>
    public bool MayPostTo(RoomName room) => AllRooms || Rooms.Contains(room);

    /// <summary>Reads the words; false where one of them is none.</summary>
    public static bool TryParse(string text, out TokenScopes scopes)
    {
        List<RoomName> rooms = [];
        List<UserName> names = [];
        var (allRooms, status, isGood) = (false, false, true);
        var administration = AdminScopes.None;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word.Split(':', 2))
            {
                case ["status"]:
                    status = true;
                    break;
                case ["admin", var part] when Array.FindIndex(AdminWords, word => word.Name == part) is >= 0 and var index:
                    administration |= AdminWords[index].Scope;
                    break;
                case ["post", "*"]:
                    allRooms = true;
                    break;
                case ["post", var name] when RoomName.TryParse(name, out var room):
                    rooms.Add(room);
                    break;
                case ["as", var name] when UserName.TryParse(name, out var user):
                    names.Add(user);
                    break;
                default:
                    isGood = false;
                    break;
            }
        }

        scopes = new TokenScopes { AllRooms = allRooms, Rooms = rooms, Names = names, Status = status, Administration = administration };
        return isGood;
    }

    /// <summary>The words.</summary>
    public override string ToString() => string.Join(' ',
    [
        .. AllRooms ? ["post:*"] : Rooms.Select(room => $"post:{room}"),
        .. Names.Select(name => $"as:{name}"),
        .. Status ? ["status"] : Array.Empty<string>(),
        .. AdminWords.Where(word => Administration.HasFlag(word.Scope)).Select(word => $"admin:{word.Name}"),
    ]);
}
