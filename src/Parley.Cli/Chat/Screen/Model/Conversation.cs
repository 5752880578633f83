using Parley.Client;
using Parley.Protocol.Lines;

namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Applies lines from the server and changes of the connection to the model.</summary>
internal sealed class Conversation(ChatModel model, Outbound outbound)
{
    // Often enough that the latency shown means something, and a member list that lost its way finds it again; seldom enough
    // to be nothing beside the five commands a second that a server takes.
    private static readonly TimeSpan QuestionInterval = TimeSpan.FromSeconds(30);

    // A list of more names is not asked for again only to measure the latency.
    private const int ManyMembers = 500;

    // Messages are missed in bursts: one new list for all of them.
    private static readonly TimeSpan MissedInterval = TimeSpan.FromSeconds(5);

    private bool _wasConnected;
    private long _askedAt;
    private bool _isPast;

    public void Apply(ClientEvent happened)
    {
        switch (happened)
        {
            case ClientEvent.LineReceived { Line: var line }:
                Apply(line);
                break;
            case ClientEvent.Connected connected:
                Connected(connected.IsReturn);
                break;
            case ClientEvent.Connecting:
                model.Link = new LinkState(LinkKind.Connecting);
                break;
            case ClientEvent.Disconnected disconnected:
                Disconnected(disconnected);
                break;
        }
    }

    /// <summary>A line could not be sent.</summary>
    public void NotSent(string line, string reason) => model.Add(EntryKind.Alert, $"Not sent ({reason}): {line}");

    /// <summary>Some time has passed: what the client asks on its own now and then.</summary>
    public void Tick()
    {
        if (model.Link.Kind == LinkKind.Connected && model.Members.Names.Count <= ManyMembers
            && model.Since(model.Echo.LastEcho) >= QuestionInterval && model.Since(_askedAt) >= QuestionInterval)
        {
            AskUsers();
        }
    }

    private void AskUsers()
    {
        _askedAt = model.Timestamp;
        outbound.AskUsers();
    }

    private void Connected(bool isReturn)
    {
        model.Link = new LinkState(LinkKind.Connected);
        _wasConnected = true;
        if (isReturn)
        {
            model.Add(EntryKind.Notice, "Connected again");
        }

        AskUsers();
        outbound.AskRooms();
    }

    private void Disconnected(ClientEvent.Disconnected disconnected)
    {
        _isPast = false;
        if (model.Link.Kind == LinkKind.Connected)
        {
            string reason = disconnected.Reason is { } e ? $"Connection lost: {(e.InnerException ?? e).Message}" : "Server closed the connection";
            model.Add(EntryKind.Alert, reason);
            foreach (string line in model.Echo.Lose().Where(line => !line.StartsWith("/users", StringComparison.Ordinal)))
            {
                model.Add(EntryKind.Alert, $"Nobody knows whether this arrived: {line}");
            }
        }

        outbound.Forget();
        model.Members.Clear();
        model.Link = new LinkState(LinkKind.Waiting, model.Now + disconnected.RetryIn);
    }

    private void Apply(ServerLine line)
    {
        switch (line.Kind)
        {
            case ServerLineKind.Message:
            case ServerLineKind.Action:
                Said(line);
                break;
            case ServerLineKind.DirectFrom:
                model.Add(EntryKind.DirectFrom, line.Text, line.Name, line.Time, isMention: true);
                model.Actions.Ring();
                break;
            case ServerLineKind.DirectTo:
                model.Add(EntryKind.DirectTo, line.Text, line.Name, line.Time);
                break;
            case ServerLineKind.YouAre:
                model.Name = line.Name;
                Notice(line, $"You are {line.Name}");
                break;
            case ServerLineKind.YouJoined:
                Moved(line);
                break;
            case ServerLineKind.InNoRoom:
                OutOfRoom();
                Notice(line, line.Text);
                break;
            case ServerLineKind.Joined:
                model.Members.Add(line.Name);
                Notice(line, $"{line.Name} joined");
                break;
            case ServerLineKind.Left:
                Left(line);
                break;
            case ServerLineKind.Renamed:
                model.Name = IsMe(line.Name) ? line.Text : model.Name;
                model.Members.Rename(line.Name, line.Text);
                Notice(line, $"{line.Name} is now {line.Text}");
                break;
            case ServerLineKind.Users:
                Users(line);
                break;
            case ServerLineKind.Rooms:
                Rooms(line);
                break;
            case ServerLineKind.History:
                _isPast = line.Text.StartsWith("earlier ", StringComparison.Ordinal) || line.Text.StartsWith("found ", StringComparison.Ordinal);
                Notice(line, $"History - {line.Text}");
                break;
            case ServerLineKind.Dropped:
                model.Add(EntryKind.Alert, line.Text, time: line.Time);
                // Who came and left may be among what was missed.
                if (model.Since(_askedAt) >= MissedInterval)
                {
                    AskUsers();
                }

                break;
            default:
                Other(line);
                break;
        }
    }

    private void Said(ServerLine line)
    {
        bool isAction = line.Kind == ServerLineKind.Action;
        bool isMention = false;
        if (_isPast)
        {
            // It is shown, and nothing follows from it.
        }
        else if (IsMe(line.Name))
        {
            model.Echo.Came(isAction ? $"/me {line.Text}" : line.Text);
        }
        else if (isMention = Mention.IsIn(line.Text, model.Name))
        {
            model.Actions.Ring();
        }

        string text = line.Date is { } date ? $"({date:yyyy-MM-dd}) {line.Text}" : line.Text;
        model.Add(isAction ? EntryKind.Action : EntryKind.Message, text, line.Name, line.Time, isMention);
    }

    private void Moved(ServerLine line)
    {
        model.Room = line.Name;
        model.Rooms.Add(line.Name);
        model.Members.Clear();
        Notice(line, $"You joined {line.Name}");
        // In the greeting it is too early: whoever is connected asks then.
        if (model.Link.Kind == LinkKind.Connected)
        {
            AskUsers();
        }
    }

    private void Left(ServerLine line)
    {
        model.Members.Remove(line.Name);
        if (IsMe(line.Name))
        {
            // Kicked.
            OutOfRoom();
        }

        Notice(line, $"{line.Name} left{(line.Text.Length == 0 ? "" : $", {line.Text}")}");
    }

    /// <summary>The client is in no room, until it joins one.</summary>
    private void OutOfRoom()
    {
        model.Room = "";
        model.Members.Clear();
    }

    private void Users(ServerLine line)
    {
        model.Members.Replace(line.Text);
        model.Echo.Came("/users");
        if (outbound.IsShown(ServerLineKind.Users))
        {
            Notice(line, $"Users - {line.Text}");
        }
    }

    private void Rooms(ServerLine line)
    {
        model.Rooms.Clear();
        // "main (3), rust (2)"
        model.Rooms.UnionWith(line.Text.Split(", ").Select(room => room.Split(' ')[0]).Where(room => room.Length > 0));
        if (outbound.IsShown(ServerLineKind.Rooms))
        {
            Notice(line, $"Rooms - {line.Text}");
        }
    }

    private void Other(ServerLine line)
    {
        bool isHelp = line.Text == "Server commands" || line.Text.StartsWith("  /", StringComparison.Ordinal);
        if (isHelp && line.Text.TrimStart() is ['/', ..] usage)
        {
            model.Commands.Add(usage.Split(' ')[0]);
        }

        // Who comes back has seen the list of commands.
        if (!(isHelp && _wasConnected && model.Link.Kind != LinkKind.Connected))
        {
            Notice(line, line.Text);
        }
    }

    private void Notice(ServerLine line, string text) => model.Add(EntryKind.Notice, text, time: line.Time);

    private bool IsMe(string name) => name.Equals(model.Name, StringComparison.OrdinalIgnoreCase);
}
