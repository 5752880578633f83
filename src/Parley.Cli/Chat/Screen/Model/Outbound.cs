using Parley.Protocol.Lines;

namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Sends the user's lines to the server, and the client's own questions, whose answers are not shown.</summary>
internal sealed class Outbound(ChatModel model)
{
    private const string Users = "/users";
    private const string Rooms = "/rooms";

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

        Expect(command, isShown: true);
        if (line.StartsWith("//", StringComparison.Ordinal))
        {
            model.Echo.Sent(line[1..]);
        }
        else if (command is "/me" || !line.StartsWith('/'))
        {
            model.Echo.Sent(line);
        }

        model.Actions.Send(line);
        return true;
    }

    /// <summary>Asks who is in the room, for the member list and as a round trip to be measured.</summary>
    public void AskUsers()
    {
        model.Echo.Sent(Users);
        Ask(Users);
    }

    /// <summary>Asks which rooms there are, for their names to be completed.</summary>
    public void AskRooms() => Ask(Rooms);

    /// <summary>True if the answer that came is to be shown: nobody but the user asked, or has asked first.</summary>
    public bool IsShown(ServerLineKind answer) => !_shown[answer].TryDequeue(out bool shown) || shown;

    /// <summary>The connection is lost, and the answers with it.</summary>
    public void Forget()
    {
        foreach (Queue<bool> expected in _shown.Values)
        {
            expected.Clear();
        }
    }

    private void Ask(string command)
    {
        if (model.Link.Kind == LinkKind.Connected)
        {
            Expect(command, isShown: false);
            model.Actions.Send(command);
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
