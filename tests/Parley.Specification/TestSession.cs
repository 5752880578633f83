using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
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
        broker.Attach(Session);
        if (opened)
        {
            Session.Outbox.Open(Sink);
        }
    }

    public Session Session { get; }

    /// <summary>What it is sent. Whoever is to read slowly is told so here.</summary>
    public LineSink Sink { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Asks the broker for something, and gives its verdict.</summary>
    public async ValueTask<Verdict> AskAsync(Intention what, CancellationToken? cancellationToken = null)
        => (await _broker.AskAsync(Session.Id, what, cancellationToken ?? Token)).Verdict;

    public ValueTask<Verdict> SignInAsync(string name, UserProfile? profile = null)
    {
        // After it has signed out it is attached no more.
        _broker.Attach(Session);
        return AskAsync(new SignIn(User(name), profile));
    }

    /// <summary>Signs in as whoever has the account of that name.</summary>
    public ValueTask<Verdict> LogInAsync(string name) => SignInAsync(name, new UserProfile { Login = Login(name) });

    public ValueTask<Verdict> RenameAsync(string name) => AskAsync(new Rename(User(name)));

    public ValueTask<Verdict> JoinAsync(string room, int replay = 0, string? key = null) => AskAsync(new Join(Room(room), key) { Replay = replay });

    public ValueTask<Verdict> MoveAsync(string leaving, string room, string? key = null)
        => AskAsync(new Join(Room(room), key) { Leaving = Room(leaving) });

    public ValueTask<Verdict> LeaveAsync(string room, string reason = "") => AskAsync(new Leave(Room(room), reason));

    public ValueTask<Verdict> SetTopicAsync(string room, string topic) => AskAsync(new SetTopic(Room(room), topic));

    public ValueTask<Verdict> KickAsync(string room, string member, string reason = "") => AskAsync(new Kick(Room(room), User(member), reason));

    public ValueTask<Verdict> InviteAsync(string room, string invited) => AskAsync(new Invite(Room(room), User(invited)));

    public ValueTask<Verdict> WithdrawInvitationAsync(string room, string invited) => AskAsync(new WithdrawInvitation(Room(room), User(invited)));

    /// <summary>Those who are asked into a room, each with who asked; "hidden" if that is not to be known.</summary>
    public async Task<string> GuestsAsync(string room)
        => await LookAsync(new ListGuests(Room(room))) is { } guests ? string.Join(", ", guests.Select(guest => $"{guest.Guest.Value} by {guest.Host.Value}")) : "hidden";

    public ValueTask<Verdict> RenameRoomAsync(string room, string newName, string reason = "")
        => AskAsync(new RenameRoom(Room(room), Room(newName), reason));

    public async ValueTask<ModesResult?> ChangeModesAsync(string room, params RoomModeChange[] changes)
        => (await _broker.AskAsync(Session.Id, new ChangeModes(Room(room), changes), Token)).Modes;

    /// <summary>Follows a room that its user is in.</summary>
    public ValueTask<Verdict> FollowAsync(string room, int replay = 0) => AskAsync(new Join(Room(room)) { OnlyIfMember = true, Replay = replay });

    /// <summary>Is taken along into every room that its user enters.</summary>
    public async Task MustFollowAllAsync() => Assert.Equal(Verdict.Accepted, await AskAsync(new FollowAll()));

    public ValueTask<Verdict> UpdateAsync(UserProfile profile) => AskAsync(new UpdateProfile(profile, Session.User?.Profile ?? UserProfile.Unknown));

    public ValueTask<Verdict> WatchAsync(string name) => AskAsync(new Watch(User(name)));

    public ValueTask<Verdict> UnwatchAsync(string name) => AskAsync(new Unwatch(User(name)));

    public ValueTask<T> LookAsync<T>(Query<T> what) => _broker.LookAsync(Session.Id, what, Token);

    /// <summary>The rooms it has been asked into, by name.</summary>
    public async Task<string[]> InvitationsAsync()
        => [.. (await LookAsync(new ListInvitations())).Items.Select(room => room.Value)];

    /// <summary>The rooms it may know of, by name.</summary>
    public async Task<string[]> RoomsAsync()
        => [.. (await LookAsync(new ListRooms())).Items.Select(room => room.Name.Value)];

    public ValueTask<Verdict> PostAsync(string room, string text, MessageKind kind = MessageKind.Text, bool echo = true)
        => PostAsync(room, new MessageDraft(kind, Encoding.UTF8.GetBytes(text)) { Echo = echo });

    public ValueTask<Verdict> PostAsync(string room, MessageDraft draft) => AskAsync(new Post(Room(room), draft));

    /// <summary>Sends a direct message; gives the names of those who are not here.</summary>
    public Task<string[]> TellAsync(string text, params string[] recipients)
        => TellAsync(new MessageDraft(MessageKind.Text, Encoding.UTF8.GetBytes(text)), recipients);

    /// <inheritdoc cref="TellAsync(string, string[])"/>
    public async Task<string[]> TellAsync(MessageDraft draft, params string[] recipients)
    {
        var decision = await _broker.AskAsync(Session.Id, new SendDirect([.. recipients.Select(User)], draft), Token);
        return [.. decision.Missing?.Select(name => name.Value) ?? []];
    }

    public ValueTask SignOutAsync(string reason = "") => _broker.DetachAsync(Session.Id, reason);

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

    /// <summary>Completes when the session knows of everything that was decided: it is behind none of the answers that it gets.</summary>
    public async Task ReachedAsync() => await LookAsync(new CountUsers());

    /// <summary>Completes when everything that the session has asked for is shown.</summary>
    public Task AcknowledgedAsync() => Session.ShownAsync().WaitAsync(Patience, Token);

    /// <summary>Says something, and goes on when it is shown.</summary>
    public async Task MustPostAsync(string room, string text, bool echo = true)
    {
        Assert.Equal(Verdict.Accepted, await PostAsync(room, text, echo: echo));
        await AcknowledgedAsync();
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

    /// <summary>The account of that name, in any case, in these tests.</summary>
    public static ProvenAccount Login(string name)
        => UserName.TryParse(name, out var parsed)
            ? new(new AccountId(name.ToUpperInvariant().Aggregate(7L, (sum, letter) => (sum * 31) + letter)), parsed, default)
            : throw new ArgumentException(name, nameof(name));
}
