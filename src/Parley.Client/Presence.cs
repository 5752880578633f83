using Parley.Protocol.Lines;

namespace Parley.Client;

/// <summary>Name and room of the client, as the server's lines tell them, and the name and room that it wants.</summary>
internal sealed class Presence(string? wantedName, string? wantedRoom)
{
    private string? _wantedName = wantedName;
    private string? _wantedRoom = wantedRoom;
    private bool _ownedName;

    /// <summary>The present name; empty before the server has said it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The present room; empty before the server has said it, and while the client is in none.</summary>
    public string Room { get; private set; } = "";

    /// <summary>True if the greeting of the present connection is over, so that what follows is the user's doing.</summary>
    public bool IsGreeted { get; private set; }

    /// <summary>A new connection begins: the server will give a name and choose a room.</summary>
    public void Reset()
    {
        IsGreeted = false;
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
                // Kicked; it comes back to where it was when it connects again.
                Room = "";
                break;
            case ServerLineKind.YouJoined:
                Room = line.Name;
                _wantedRoom = Room;
                break;
        }

        return false;
    }

    /// <summary>The commands that take the client from where it is to who and where it was; to be sent once greeted.</summary>
    /// <param name="isNamed">Whether the server gives the name by itself, as it does whoever has logged in.</param>
    public IReadOnlyList<string> TakeRestoring(bool isNamed = false)
    {
        var commands = new List<string>(2);
        if (_wantedName is null)
        {
            Want(Name);
        }
        else if (!isNamed && !Same(_wantedName, Name))
        {
            commands.Add(NameCommand);
        }

        _wantedRoom ??= Room.Length > 0 ? Room : null;
        if (_wantedRoom is not null && !Same(_wantedRoom, Room))
        {
            commands.Add($"/join {_wantedRoom}");
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

    private void Want(string name)
    {
        _wantedName = name;
        _ownedName = true;
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
