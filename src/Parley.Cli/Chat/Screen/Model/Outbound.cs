using Parley.Protocol.Lines;

namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Sends the user's lines to the server, and the client's own questions, whose answers are not shown.</summary>
internal sealed class Outbound(ChatModel model)
{
    private const string Users = "/users";
    private const string Rooms = "/rooms";
    private string? _secret;

    // Answers come in the order of the questions: for each, whether the user wants to see it.
    private readonly Dictionary<ServerLineKind, Queue<bool>> _shown = new()
    {
        [ServerLineKind.Users] = new(),
        [ServerLineKind.Rooms] = new(),
    };

    /// <summary>Sends a line of the user's, or does what it says; false if there is no connection for it.</summary>
    public bool Say(string line)
    {
        (string command, string argument) = Split(line);
        switch (command)
        {
            case "/quit":
                model.Actions.Quit();
                return true;
            case "/transcript":
                model.Add(EntryKind.Notice, model.Actions.WriteTranscript(argument is "" or "off" ? null : argument));
                return true;
        }

        if (model.Link.Kind != LinkKind.Connected)
        {
            return false;
        }

        MayAskForPassword |= command is "/login" or "/account";
        if (command == "/join")
        {
            Wanted = argument.Split(' ')[0];
        }

        Expect(command, isShown: true);
        if (line.StartsWith("//", StringComparison.Ordinal))
        {
            model.Echo.Sent(line[1..]);
        }
        else if (command is "/me" || !line.StartsWith('/'))
        {
            model.Echo.Sent(line);
        }

        model.Actions.Send(command == "/leave" && argument.Length == 0 && model.Room.Length > 0 ? $"/leave {model.Room}" : Addressed(command, line));
        return true;
    }

    /// <summary>The room that the user has asked to join last, to be shown when it comes.</summary>
    public string? Wanted { get; set; }

    /// <summary>True if the user has asked for something that the server may ask a password for.</summary>
    public bool MayAskForPassword { get; set; }

    /// <summary>Sends a password, which is shown nowhere and not brought back.</summary>
    public void SaySecret(string password)
    {
        model.Secret = null;

        // A new password may be asked for behind the one before.
        MayAskForPassword = true;
        _secret = password;
        model.Actions.Send(password);
    }

    /// <summary>A line that was sent as it may be shown: without the room that it went to, and no password.</summary>
    public string Shown(string line)
        => line == _secret && line.Length > 0 ? "the password"
            : line.StartsWith("/in ", StringComparison.Ordinal) && line.IndexOf(' ', "/in ".Length) is var end and > 0 ? line[(end + 1)..] : line;

    /// <summary>Of several rooms a line says to which it goes; what is about none, and the line of a password behind it, goes as it is.</summary>
    private string Addressed(string command, string line)
        => !model.HasTags || model.Room.Length == 0 || command is "/join" or "/leave" or "/in" or "/name" or "/login" or "/account" or "/tags"
            ? line
            : $"/in {model.Room} {line}";

    /// <summary>Asks who is in the room, for the member list and as a round trip to be measured.</summary>
    public void AskUsers(RoomPane pane)
    {
        model.Echo.Sent(Users);
        Ask(Users, model.HasTags && pane.IsJoined ? $"/in {pane.Name} {Users}" : Users);
    }

    /// <summary>Asks which rooms there are, for their names to be completed.</summary>
    public void AskRooms() => Ask(Rooms, Rooms);

    /// <summary>True if the answer that came is to be shown: nobody but the user asked, or has asked first.</summary>
    public bool IsShown(ServerLineKind answer) => !_shown[answer].TryDequeue(out bool shown) || shown;

    /// <summary>The connection is lost, and the answers with it.</summary>
    public void Forget()
    {
        (Wanted, MayAskForPassword, model.Secret) = (null, false, null);
        foreach (Queue<bool> expected in _shown.Values)
        {
            expected.Clear();
        }
    }

    private void Ask(string command, string line)
    {
        if (model.Link.Kind == LinkKind.Connected)
        {
            Expect(command, isShown: false);
            model.Actions.Send(line);
        }
    }

    private void Expect(string command, bool isShown)
    {
        switch (command)
        {
            case Users:
                _shown[ServerLineKind.Users].Enqueue(isShown);
                break;
            case Rooms:
                _shown[ServerLineKind.Rooms].Enqueue(isShown);
                break;
        }
    }

    private static (string Command, string Argument) Split(string line)
    {
        string[] words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
        return (words[0], words.Length > 1 ? words[1] : "");
    }
}
