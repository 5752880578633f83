using System.Text;
using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;
using Xunit;

namespace Parley.Specification;

/// <summary>A session in the hands of a test: says what a connection would, and reads what it is sent, line by line.</summary>
public sealed class TestSession
{
    /// <summary>Far longer than anything takes: it ends a test that would wait for ever.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IBroker _broker;

    public TestSession(IBroker broker, Flavor? flavor = null, OutboxOptions? outbox = null, bool opened = true)
    {
        _broker = broker;
        Session = new Session(flavor ?? new PlainFlavor(), outbox ?? new OutboxOptions());
        if (opened)
        {
            Session.Outbox.Open(Sink);
        }
    }

    public Session Session { get; }

    /// <summary>What it is sent. Whoever is to read slowly is told so here.</summary>
    public LineSink Sink { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask<Verdict> SignInAsync(string name, UserProfile? profile = null) => _broker.SignInAsync(Session, User(name), profile, Token);

    public ValueTask<Verdict> AttachAsync(string name) => _broker.AttachAsync(Session, User(name), Token);

    public ValueTask<Verdict> RenameAsync(string name) => _broker.RenameAsync(Session, User(name), Token);

    public ValueTask<Verdict> JoinAsync(string room, int replay = 0, string? key = null)
        => _broker.JoinAsync(Session, Room(room), replay, key, Token);

    public ValueTask<Verdict> MoveAsync(string leaving, string room, string? key = null)
        => _broker.MoveAsync(Session, Room(leaving), Room(room), key: key, cancellationToken: Token);

    public ValueTask<Verdict> LeaveAsync(string room, string reason = "") => _broker.LeaveAsync(Session, Room(room), reason, Token);

    public ValueTask<Verdict> SetTopicAsync(string room, string topic) => _broker.SetTopicAsync(Session, Room(room), topic, Token);

    public ValueTask<Verdict> KickAsync(string room, string member, string reason = "")
        => _broker.KickAsync(Session, Room(room), User(member), reason, Token);

    public ValueTask<Verdict> InviteAsync(string room, string invited) => _broker.InviteAsync(Session, Room(room), User(invited), Token);

    public ValueTask<Verdict> RenameRoomAsync(string room, string newName, string reason = "")
        => _broker.RenameRoomAsync(Session, Room(room), Room(newName), reason, Token);

    public ValueTask<ModesResult?> ChangeModesAsync(string room, params RoomModeChange[] changes)
        => _broker.ChangeModesAsync(Session, Room(room), changes, Token);

    public ValueTask<Verdict> UpdateAsync(UserProfile profile) => _broker.UpdateProfileAsync(Session, profile, Token);

    public ValueTask WatchAsync(string name) => _broker.WatchAsync(Session, User(name), Token);

    public ValueTask UnwatchAsync(string name) => _broker.UnwatchAsync(Session, User(name), Token);

    /// <summary>The rooms it has been asked into, by name.</summary>
    public async Task<string[]> InvitationsAsync()
        => [.. (await _broker.ListInvitationsAsync(Session, Token)).Order().Select(room => room.Value)];

    /// <summary>The rooms it may know of, by name.</summary>
    public async Task<string[]> RoomsAsync()
        => [.. (await _broker.ListRoomsAsync(Session, Token)).Select(room => room.Name).Order().Select(room => room.Value)];

    public ValueTask<Verdict> PostAsync(string room, string text, MessageKind kind = MessageKind.Text, bool echo = true)
        => _broker.PostAsync(Session, Room(room), kind, Encoding.UTF8.GetBytes(text), echo, Token);

    public ValueTask<Verdict> PostAsync(string room, MessageDraft draft) => _broker.PostAsync(Session, Room(room), draft, Token);

    /// <summary>Sends a direct message; gives the names of those who are not here.</summary>
    public async Task<string[]> TellAsync(string text, params string[] recipients)
    {
        var missing = await _broker.SendDirectAsync(Session, [.. recipients.Select(User)], Encoding.UTF8.GetBytes(text), Token);
        return [.. missing.Select(name => name.Value)];
    }

    public ValueTask SignOutAsync() => _broker.SignOutAsync(Session);

    public async Task MustSignInAsync(string name) => Assert.Equal(Verdict.Accepted, await SignInAsync(name));

    /// <summary>Joins, and reads its welcome.</summary>
    public async Task MustJoinAsync(string room)
    {
        Assert.Equal(Verdict.Accepted, await JoinAsync(room));
        Assert.EndsWith($"| welcome {Session.User!.Name}", await NextAsync(), StringComparison.Ordinal);
    }

    /// <summary>Sets one mode, and sees that something has changed.</summary>
    public async Task MustSetAsync(string room, RoomMode mode, string? argument = null, bool isAdding = true)
        => Assert.NotEmpty((await ChangeModesAsync(room, new RoomModeChange(isAdding, mode, argument)))!.Applied);

    /// <summary>Says something, and goes on when it is decided.</summary>
    public async Task MustPostAsync(string room, string text, bool echo = true)
    {
        Assert.Equal(Verdict.Accepted, await PostAsync(room, text, echo: echo));
        await _broker.SettleAsync(Session);
    }

    /// <summary>Answers the session the way its connection does.</summary>
    public void Reply(string text)
    {
        Session.Reply(Encoding.UTF8.GetBytes(text + "\n"));
        Session.Outbox.Send();
    }

    /// <summary>Has it read on, for as many bytes as are given.</summary>
    public void Read(long bytes = long.MaxValue)
    {
        Sink.Room = bytes;
        Session.Outbox.Resume();
    }

    /// <summary>The next line it is sent.</summary>
    public async Task<string> NextAsync()
    {
        try
        {
            return await Sink.Lines.ReadAsync(Token).AsTask().WaitAsync(Patience, Token);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Session.User?.Name.Value ?? "A session"} waits for a line that does not come.");
        }
    }

    public async Task<string[]> NextAsync(int count)
    {
        var lines = new string[count];
        for (var i = 0; i < count; i++)
        {
            lines[i] = await NextAsync();
        }

        return lines;
    }

    /// <summary>The next lines are these and no others; end with one that is certain to come, to see that nothing came before it.</summary>
    public async Task MustSeeAsync(params string[] lines)
    {
        foreach (var line in lines)
        {
            Assert.Equal(line, await NextAsync());
        }
    }

    /// <summary>What it was sent up to this moment.</summary>
    public string[] Waiting()
    {
        Session.Outbox.Send();
        var lines = new List<string>();
        while (Sink.Lines.TryRead(out var line))
        {
            lines.Add(line);
        }

        return [.. lines];
    }

    private static UserName User(string name)
    {
        Assert.True(UserName.TryParse(name, out var parsed), name);
        return parsed;
    }

    private static RoomName Room(string name)
    {
        Assert.True(RoomName.TryParse(name, out var parsed), name);
        return parsed;
    }
}
