using Parley.Protocol.Lines;

namespace Parley.Client;

/// <summary>Name and rooms of the client, as the server's lines tell them, and the name and rooms that it wants.</summary>
/// <param name="wantedName">The name to take; null for the one that the server gives.</param>
/// <param name="wantedRoom">The room to join; null for the one that the server chooses.</param>
/// <param name="manyRooms">Whether to be in several rooms, if the server says in its list of commands that it can.</param>
internal sealed class Presence(string? wantedName, string? wantedRoom, bool manyRooms = false)
{
    private const string TagsEntry = "  /tags ";

    private string? _wantedName = wantedName;
    private readonly List<string> _wantedRooms = wantedRoom is null ? [] : [wantedRoom];
    private bool _ownedName;
    private bool _canTag;

    /// <summary>The present name; empty before the server has said it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The present room, of several the last; empty before the server has said it, and while the client is in none.</summary>
    public string Room { get; private set; } = "";

    /// <summary>True if the greeting of the present connection is over, so that what follows is the user's doing.</summary>
    public bool IsGreeted { get; private set; }

    /// <summary>A new connection begins: the server will give a name and choose a room.</summary>
    public void Reset()
    {
        IsGreeted = false;
        _canTag = false;
        Name = "";
        Room = "";
    }

    /// <summary>Folds in one line; true if it is the one that ends the greeting.</summary>
    public bool Apply(in ServerLine line)
    {
        switch (line.Kind)
        {
            case ServerLineKind.YouAre:
                Name = line.Name;
                break;
            case ServerLineKind.Renamed when Same(line.Name, Name):
                Name = line.Text;
                Want(Name);
                break;
            case ServerLineKind.YouJoined or ServerLineKind.InNoRoom when !IsGreeted:
                Room = line.Name;
                IsGreeted = true;
                return true;
            case ServerLineKind.InNoRoom:
                Room = "";
                break;
            case ServerLineKind.Left when Same(line.Name, Name):
                Left(line);
                break;
            case ServerLineKind.YouJoined:
                Joined(line);
                break;
            case ServerLineKind.Notice when !IsGreeted:
                _canTag |= manyRooms && line.Text.StartsWith(TagsEntry, StringComparison.Ordinal);
                break;
        }

        return false;
    }

    /// <summary>
    /// The command that leaves the room which the server chose, ahead of a log-in, if the client wants others; null if it stays. Afterwards it
    /// would leave it on all sessions of its account.
    /// </summary>
    public string? Leaving => _canTag && Room.Length > 0 && _wantedRooms.Count > 0 && !_wantedRooms.Exists(room => Same(room, Room)) ? $"/leave {Room}" : null;

    /// <summary>The commands that take the client from where it is to who and where it was; to be sent once greeted.</summary>
    /// <param name="isNamed">Whether the server gives the name by itself, as it does whoever has logged in.</param>
    public IReadOnlyList<string> TakeRestoring(bool isNamed = false)
    {
        var commands = new List<string>();
        if (_canTag)
        {
            commands.Add("/tags on");
        }

        if (_wantedName is null)
        {
            Want(Name);
        }
        else if (!isNamed && !Same(_wantedName, Name))
        {
            commands.Add(NameCommand);
        }

        if (_wantedRooms.Count == 0 && Room.Length > 0)
        {
            _wantedRooms.Add(Room);
        }

        // Without tags each room would be left for the next.
        var wanted = _canTag ? _wantedRooms : _wantedRooms.TakeLast(1);
        commands.AddRange(wanted.Where(room => !Same(room, Room)).Select(room => $"/join {room}"));
        if (Leaving is { } leaving)
        {
            commands.Add(leaving);
        }

        return commands;
    }

    /// <summary>The command that asks again, if the line says that the name which was the client's own is taken.</summary>
    /// <remarks>It is taken by the client's old connection, as a rule: a server may take minutes to see that it is dead.</remarks>
    public string? Reclaim(in ServerLine line) =>
        _ownedName && line.Kind == ServerLineKind.Notice && Same(line.Text, $"{_wantedName} is already taken") ? NameCommand : null;

    /// <summary>True if the client still goes by another name than it wants.</summary>
    public bool LacksName => !Same(_wantedName ?? Name, Name);

    private string NameCommand => $"/name {_wantedName}";

    private void Joined(in ServerLine line)
    {
        Room = line.Name;
        // Where lines say of which room they are, another name in the line is that room's new one.
        var former = line.Room.Length == 0 ? null : line.Room;
        if (former is null)
        {
            _wantedRooms.Clear();
        }
        else
        {
            _wantedRooms.RemoveAll(room => Same(room, former));
        }

        _wantedRooms.Add(line.Name);
    }

    /// <summary>Left, or kicked: then it comes back to where it was when it connects again.</summary>
    private void Left(in ServerLine line)
    {
        var left = line.Room;
        if (left.Length == 0 || Same(left, Room))
        {
            Room = "";
        }

        if (left.Length > 0 && line.Text.Length == 0)
        {
            _wantedRooms.RemoveAll(room => Same(room, left));
        }
    }

    private void Want(string name)
    {
        _wantedName = name;
        _ownedName = true;
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
