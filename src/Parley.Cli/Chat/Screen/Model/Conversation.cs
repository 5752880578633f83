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

    // The room of lines that do not say theirs: the one in which the server puts whoever connects.
    private RoomPane? _arrived;

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
    public void NotSent(string line, string reason) => model.Add(EntryKind.Alert, $"Not sent ({reason}): {outbound.Shown(line)}");

    /// <summary>Some time has passed: what the client asks on its own now and then.</summary>
    public void Tick()
    {
        if (model.Link.Kind == LinkKind.Connected && model.Members.Names.Count <= ManyMembers
            && model.Since(model.Echo.LastEcho) >= QuestionInterval && model.Since(_askedAt) >= QuestionInterval)
        {
            AskUsers(model.Panes.Current);
        }
    }

    private void AskUsers(RoomPane pane)
    {
        _askedAt = model.Timestamp;
        outbound.AskUsers(pane);
    }

    private void Connected(bool isReturn)
    {
        model.Link = new LinkState(LinkKind.Connected);
        _wasConnected = true;
        if (isReturn)
        {
            model.Add(EntryKind.Notice, "Connected again");
        }

        AskUsers(model.Panes.Current);
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
        foreach (RoomPane pane in model.Panes.All)
        {
            pane.Members.Clear();
        }

        _arrived = null;
        model.Link = new LinkState(LinkKind.Waiting, model.Now + disconnected.RetryIn);
    }

    private void Apply(ServerLine line)
    {
        RoomPane pane = PaneOf(line);
        switch (line.Kind)
        {
            case ServerLineKind.Message:
            case ServerLineKind.Action:
                Said(pane, line);
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
                Notice(model.Panes.Current, line, $"You are {line.Name}");
                break;
            case ServerLineKind.YouJoined:
                Moved(line);
                break;
            case ServerLineKind.InNoRoom:
                OutOfRoom(pane);
                Notice(pane, line, line.Text);
                break;
            case ServerLineKind.Joined:
                pane.Members.Add(line.Name);
                Notice(pane, line, $"{line.Name} joined");
                break;
            case ServerLineKind.Left:
                Left(line);
                break;
            case ServerLineKind.Renamed:
                Renamed(line);
                break;
            case ServerLineKind.Deleted:
                Notice(pane, line, References.Delete(pane.Log, line.Reference, line.Name, line.Text));
                break;
            case ServerLineKind.Users:
                Users(pane, line);
                break;
            case ServerLineKind.Rooms:
                Rooms(pane, line);
                break;
            case ServerLineKind.History:
                _isPast = line.Text.StartsWith("earlier ", StringComparison.Ordinal) || line.Text.StartsWith("found ", StringComparison.Ordinal);
                Notice(pane, line, $"History - {line.Text}");
                break;
            case ServerLineKind.Dropped:
                model.Add(EntryKind.Alert, line.Text, time: line.Time);
                // Who came and left may be among what was missed.
                if (model.Since(_askedAt) >= MissedInterval)
                {
                    AskUsers(model.Panes.Current);
                }

                break;
            default:
                Other(pane, line);
                break;
        }
    }

    /// <summary>The pane that a line belongs to: that of its room, or else the one that is shown.</summary>
    private RoomPane PaneOf(in ServerLine line)
        => line.Room.Length > 0 ? model.Panes.Find(line.Room) ?? model.Panes.Current
            : line.Kind is ServerLineKind.Notice ? model.Panes.Current
            : _arrived ?? model.Panes.Current;

    private void Said(RoomPane pane, ServerLine line)
    {
        bool isAction = line.Kind == ServerLineKind.Action;
        bool isMention = false;
        Entry? answered = line.Reference.Length == 0 ? null : References.Find(pane.Log, line.Reference);
        if (_isPast)
        {
            // It is shown, and nothing follows from it.
        }
        else if (IsMe(line.Name))
        {
            model.Echo.Came(isAction ? $"/me {line.Text}" : line.Text);
        }
        else if (isMention = Mention.IsIn(line.Text, model.Name) || (answered is not null && IsMe(answered.Name)))
        {
            model.Actions.Ring();
        }

        if (!_isPast && pane != model.Panes.Current)
        {
            pane.Unread++;
            pane.IsWanted |= isMention;
        }

        string text = line.Date is { } date ? $"({date:yyyy-MM-dd}) {line.Text}" : line.Text;
        bool isFurtherLine = line.Id.Length > 0 && pane.Log.End > pane.Log.First && pane.Log[pane.Log.End - 1].Id == line.Id;
        Add(pane, line, new Entry(isAction ? EntryKind.Action : EntryKind.Message, default, line.Name, text, isMention)
        {
            Id = line.Id,
            About = line.Reference.Length == 0 || isFurtherLine ? "" : References.About(answered),
        });
    }

    private void Moved(ServerLine line)
    {
        bool isReturn = model.HasTags && line.Room.Length == 0;
        // A room that has another name now keeps its pane; without tags there is one pane for whatever room it is.
        RoomPane pane = line.Room.Length > 0 && model.Panes.Find(line.Room) is { } renamed ? renamed
            : model.HasTags ? model.Panes.Open(line.Name)
            : model.Panes.Current;
        (pane.Name, pane.IsJoined) = (line.Name, true);
        _arrived = line.Room.Length == 0 ? pane : null;
        model.Rooms.Add(line.Name);
        pane.Members.Clear();
        bool isWanted = outbound.Wanted is { } wanted && wanted.Equals(line.Name, StringComparison.OrdinalIgnoreCase);
        if (isWanted || (!isReturn && !model.Panes.Current.IsJoined))
        {
            outbound.Wanted = null;
            model.Search = null;
            model.Panes.Show(pane);
        }

        Notice(pane, line, $"You joined {line.Name}");
        // In the greeting it is too early: whoever is connected asks then.
        if (model.Link.Kind == LinkKind.Connected)
        {
            AskUsers(pane);
        }
    }

    private void Left(ServerLine line)
    {
        string words = $"{line.Name} left{(line.Text.Length == 0 ? "" : $", {line.Text}")}";
        foreach (RoomPane pane in PanesOf(line))
        {
            pane.Members.Remove(line.Name);
            Notice(pane, line, words);
            if (!IsMe(line.Name))
            {
                continue;
            }

            OutOfRoom(pane);
            if (line.Text.Length == 0)
            {
                // Of its own will.
                model.Search = null;
                model.Panes.Close(pane);
            }
        }
    }

    private void Renamed(ServerLine line)
    {
        RoomPane[] panes = PanesOf(line);
        bool isMe = IsMe(line.Name);
        model.Name = isMe ? line.Text : model.Name;
        foreach (RoomPane pane in panes)
        {
            pane.Members.Rename(line.Name, line.Text);
            Notice(pane, line, $"{line.Name} is now {line.Text}");
        }
    }

    /// <summary>The panes that a line about somebody belongs to: that of its room, or else every one in which that somebody is.</summary>
    private RoomPane[] PanesOf(ServerLine line)
    {
        if (line.Room.Length > 0 || !model.HasTags)
        {
            return [PaneOf(line)];
        }

        RoomPane[] panes = [.. model.Panes.All.Where(pane => pane.Members.Contains(line.Name))];
        return panes.Length > 0 ? panes : [model.Panes.Current];
    }

    /// <summary>The user is in the room no more.</summary>
    private static void OutOfRoom(RoomPane pane)
    {
        pane.IsJoined = false;
        pane.Members.Clear();
    }

    private void Users(RoomPane pane, ServerLine line)
    {
        pane.Members.Replace(line.Text);
        model.Echo.Came("/users");
        if (outbound.IsShown(ServerLineKind.Users))
        {
            Notice(pane, line, $"Users - {line.Text}");
        }
    }

    private void Rooms(RoomPane pane, ServerLine line)
    {
        model.Rooms.Clear();
        // "main (3), rust (2)"
        model.Rooms.UnionWith(line.Text.Split(", ").Select(room => room.Split(' ')[0]).Where(room => room.Length > 0));
        if (outbound.IsShown(ServerLineKind.Rooms))
        {
            Notice(pane, line, $"Rooms - {line.Text}");
        }
    }

    private void Other(RoomPane pane, ServerLine line)
    {
        if (line.Text == "Tags are on")
        {
            // The client has asked for it, not its user.
            (model.HasTags, _arrived) = (true, null);
            return;
        }

        if (line.Text == "Tags are off")
        {
            model.HasTags = false;
        }

        if (outbound.MayAskForPassword && TypedPassword.IsWanted(line.Text))
        {
            outbound.MayAskForPassword = false;
            model.Secret = new LineEditor();
        }

        bool isHelp = line.Text == "Server commands" || line.Text.StartsWith("  /", StringComparison.Ordinal);
        if (isHelp && line.Text.TrimStart() is ['/', ..] usage)
        {
            model.Commands.Add(usage.Split(' ')[0]);
        }

        // Who comes back has seen the list of commands.
        if (!(isHelp && _wasConnected && model.Link.Kind != LinkKind.Connected))
        {
            Notice(pane, line, line.Text);
        }
    }

    private void Notice(RoomPane pane, ServerLine line, string text) => Add(pane, line, new Entry(EntryKind.Notice, default, "", text));

    private void Add(RoomPane pane, ServerLine line, Entry entry)
        => model.Add(pane, entry with { Time = line.Time ?? TimeOnly.FromDateTime(model.Now.DateTime) });

    private bool IsMe(string name) => name.Equals(model.Name, StringComparison.OrdinalIgnoreCase);
}
