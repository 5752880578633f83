using System.Buffers;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Lines;
using Parley.Server.Accounts;
using Parley.Server.Connections;
using Parley.Server.Moderation;

namespace Parley.Server.Lines;

/// <summary>One person on the lines protocol: in one room at a time, or with tags in several, under a name of its own from the first moment.</summary>
internal sealed class LinesSession(LinesContext context, ClientPeer peer)
{
    private bool _hasQuit;
    private bool _hasTimes;
    private RoomName _place;
    private TypedLogin? _login;
    private TypedAccount? _account;

    public Session Session { get; } = new(context.Plain, context.Outbox);

    /// <inheritdoc cref="AnswerTurns.AnswerAsync"/>
    public ValueTask AnswerInSlicesAsync(Func<CancellationToken, ValueTask<bool>> slice, CancellationToken cancellationToken)
        => context.Turns.AnswerAsync(Session.Outbox, slice, cancellationToken);

    /// <inheritdoc cref="AnswerTurns.TakesMoreAsync"/>
    public ValueTask<bool> TakesMoreAsync(CancellationToken cancellationToken) => context.Turns.TakesMoreAsync(Session.Outbox, cancellationToken);

    /// <summary>Asks the broker a question, as the client.</summary>
    public ValueTask<T> LookAsync<T>(Query<T> what, CancellationToken cancellationToken) => context.Broker.LookAsync(Session.Id, what, cancellationToken);

    /// <summary>Asks the broker for something, as the client.</summary>
    public async ValueTask<Verdict> AskAsync(Intention what, CancellationToken cancellationToken) => (await DecideAsync(what, cancellationToken)).Verdict;

    /// <summary>Asks the broker for something, as the client, and returns all of its answer.</summary>
    public ValueTask<Decision> DecideAsync(Intention what, CancellationToken cancellationToken) => context.Broker.AskAsync(Session.Id, what, cancellationToken);

    /// <summary>Tells the moderators about somebody; returns why not, null if they were told.</summary>
    public async ValueTask<string?> ReportAsync(UserName subject, string text)
        => context.Reports is null || Session.User is not { } user ? "This server takes no reports"
            : await context.Reports.ReportAsync(new Actor(user.Id, user.Name, user.Profile), peer.Address, Room.IsEmpty ? "" : Room.Value, subject.Value, text);

    /// <summary>Tries a pattern of the word filter on what was said in the room it is in; returns what it comes to, in lines for people.</summary>
    public ValueTask<IReadOnlyList<string>> TryFilterAsync(string pattern, CancellationToken cancellationToken)
        => Session.User is not { } user ? new([]) : FilterTrial.RunAsync(context.Broker, Session.Id, new Actor(user.Id, user.Name, user.Profile), Room, pattern, cancellationToken);

    /// <summary>The time now, UTC.</summary>
    public DateTimeOffset Now => context.Time.GetUtcNow();

    /// <summary>Changes modes of a room; returns why the first of them was refused, null if none was.</summary>
    public async ValueTask<Verdict?> ChangeModesAsync(RoomName room, IReadOnlyList<RoomModeChange> changes, CancellationToken cancellationToken)
    {
        var decision = await DecideAsync(new ChangeModes(room, changes), cancellationToken);
        return decision.Verdict != Verdict.Accepted ? decision.Verdict : decision.Modes is { Refused: [var (_, why), ..] } ? why : null;
    }

    /// <summary>Sends a direct message; returns true if its recipient is here.</summary>
    public async ValueTask<bool> TrySendAsync(UserName recipient, byte[] text, CancellationToken cancellationToken)
    {
        var sending = new SendDirect([recipient], new MessageDraft(MessageKind.Text, text));
        return (await context.Broker.AskAsync(Session.Id, sending, cancellationToken)).Missing is null or { Count: 0 };
    }

    /// <summary>History of messages; null if the server keeps none.</summary>
    public RoomHistory? History => context.History;

    /// <summary>Reads history as far as the client may; null if the store cannot be read at the moment.</summary>
    public async ValueTask<IReadOnlyList<HistoryEntry>?> TryReadAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(new ReadRoom(query), cancellationToken) ?? [];
        }
        catch (HistoryException)
        {
            return null;
        }
    }

    /// <summary>Searches history as far as the client may read it; null if the store cannot be read at the moment.</summary>
    public async ValueTask<SearchPage?> TrySearchAsync(HistorySearch search, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(new SearchRoom(search), cancellationToken) ?? SearchPage.Empty;
        }
        catch (HistoryException)
        {
            return null;
        }
    }

    /// <summary>Where its last search goes on; null if it does not.</summary>
    public HistorySearch? NextSearch { get; set; }

    /// <summary>Its log-in to an account. Most never log in, and have none.</summary>
    public TypedLogin Login => _login ??= new(context.Accounts, peer);

    /// <summary>Its steps about an account.</summary>
    public TypedAccount Account => _account ??= new(context.Accounts, peer);

    /// <summary>True if the next line is the password of a log-in.</summary>
    public bool AwaitsPassword => _login is { AwaitsPassword: true };

    /// <summary>True if the next line is a password that a step about an account asks for.</summary>
    public bool AwaitsAccountPassword => _account is { AwaitsPassword: true };

    /// <summary>Advice on logging in, for a client that has not.</summary>
    public string LoginHint => "log in with /login {name}";

    /// <summary>True if lines say of which room they are, so that the client may be in several.</summary>
    public bool HasTags { get; private set; }

    /// <summary>The room that its line is about: the one that it names, or else the one that it joined last. Empty if it is in none: it was put out, or not let in.</summary>
    public RoomName Room => _place.IsEmpty ? Session.LastJoined : _place;

    /// <summary>State for another process to go on with; null in the middle of something that is typed.</summary>
    public string? HandOver() => AwaitsPassword || AwaitsAccountPassword ? null : (_hasTimes ? "times " : "") + (HasTags ? "tags " : "");

    /// <summary>Takes over what another process knew.</summary>
    public void GoOn(string state)
    {
        (_hasTimes, HasTags) = (state.Contains("times ", StringComparison.Ordinal), state.Contains("tags ", StringComparison.Ordinal));
        Session.SetFlavor(context.FlavorOf(_hasTimes, HasTags));
    }

    /// <summary>Lets the client in under a name of its own; where an account is needed, tells how to log in. False: say goodbye.</summary>
    public async ValueTask<bool> StartAsync(CancellationToken cancellationToken)
    {
        if (context.Accounts is { IsRequired: true })
        {
            Notify("This server is for people with an account: log in with /login {name}");
            return true;
        }

        return await SignInAsync(login: null, cancellationToken) && await EnterAsync(LinesContext.Lobby, key: null, cancellationToken);
    }

    /// <summary>Reason given to those who shared a room with the client when it has left.</summary>
    public string QuitReason => _hasQuit ? UserQuit.ByItself : Session.QuitReason ?? "Connection closed";

    /// <summary>Tells the client something that no other line of the protocol says.</summary>
    public void Notify(string text) => Reply(output => LinesWriter.Notice(output, text));

    /// <summary>Leaves of its own will: others read so, whatever protocol they use.</summary>
    public void Quit() => _hasQuit = true;

    /// <summary>Answers this session alone, in its place among what its room has said.</summary>
    public void Reply(Action<IBufferWriter<byte>> write)
    {
        if (HasTags && !_place.IsEmpty)
        {
            Session.Reply(TaggedAnswer.Encode(_place, write));
        }
        else
        {
            Session.Reply(write);
        }
    }

    /// <summary>Carries out a line in one of the client's rooms; its answers say which.</summary>
    public async ValueTask<bool> InAsync(RoomName room, Func<ValueTask<bool>> line)
    {
        // As it is spelled there.
        _place = Session.Rooms.FirstOrDefault(followed => followed == room);
        if (_place.IsEmpty)
        {
            Reply(output => LinesWriter.NotIn(output, room.Value));
            return true;
        }

        try
        {
            return await line();
        }
        finally
        {
            _place = default;
        }
    }

    /// <summary>Leaves a room; which lines are then without one is told where there are no tags.</summary>
    public async ValueTask<bool> LeaveAsync(RoomName room, CancellationToken cancellationToken)
    {
        var name = Session.Rooms.FirstOrDefault(followed => followed == room);
        var verdict = name.IsEmpty ? Verdict.NotInRoom : await AskAsync(new Leave(room), cancellationToken);
        if (verdict == Verdict.Accepted)
        {
            Session.Reply(output =>
            {
                LinesWriter.Tags(output, HasTags ? name.Value : "");
                LinesWriter.Left(output, Session.User?.Name.Value ?? "");
            });
        }
        else if (GoesOn(verdict))
        {
            Reply(output => LinesWriter.NotIn(output, room.Value));
        }

        return GoesOn(verdict);
    }

    /// <summary>Goes to a room, and is shown what was last said there; stays where it is if it is not let in, and is told why.</summary>
    public async ValueTask<bool> EnterAsync(RoomName room, string? key, CancellationToken cancellationToken)
    {
        var decision = await DecideAsync(new Join(room, key) { Leaving = HasTags ? default : Room, Replay = context.Replay }, cancellationToken);
        var goesOn = GoesOn(decision.Verdict);
        if (decision.Verdict != Verdict.Accepted && goesOn)
        {
            RefuseEntry(decision, room);
        }

        return goesOn;
    }

    private void RefuseEntry(Decision decision, RoomName room)
    {
        Reply(output => LinesRefusals.WriteEntry(output, decision, room.Value));
        if (Room.IsEmpty)
        {
            Reply(LinesWriter.InNoRoom);
        }
    }

    /// <summary>Says something in the room it is in.</summary>
    public ValueTask<bool> PostAsync(MessageKind kind, ReadOnlySpan<byte> text, CancellationToken cancellationToken)
    {
        var posting = context.Broker.AskAsync(Session.Id, new Post(Room, new MessageDraft(kind, text.ToArray())), cancellationToken);
        if (posting.IsCompletedSuccessfully)
        {
            return PostedAsync(posting.Result, Room);
        }

        return PostedAsync(posting, Room);
    }

    /// <summary>Changes something about a registered room, and says why not if it is refused.</summary>
    /// <param name="what">The change.</param>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <param name="words">What to say when it is done, if the room does not show it; null for nothing.</param>
    public async ValueTask<bool> ChangeRoomAsync(Intention what, RoomName room, CancellationToken cancellationToken, string? words = null)
    {
        if (room.IsEmpty)
        {
            Reply(LinesWriter.InNoRoom);
            return true;
        }

        var verdict = await AskAsync(what, cancellationToken);
        if (GoesOn(verdict) && (RoomRoles.Refusal(verdict, room.Value, LoginHint) ?? words) is { } answer)
        {
            Notify(answer);
        }

        return GoesOn(verdict);
    }

    /// <summary>The account of a name; null if there is none, or none can be looked up, which the client is told.</summary>
    public async ValueTask<ProvenAccount?> FindAccountAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            if (context.Accounts is { Mailboxes: var accounts } && UserName.TryParse(name, out var user) && await accounts.FindAsync(user, cancellationToken) is { } account)
            {
                return account;
            }
        }
        catch (AccountStoreException)
        {
            Notify("Accounts cannot be looked up now, try again later");
            return null;
        }

        Notify($"There is no account {name}: roles are given to accounts");
        return null;
    }

    /// <summary>Shows what comes from rooms with or without times, on this connection only.</summary>
    public void ShowTimes(bool shown)
    {
        _hasTimes = shown;
        Session.SetFlavor(context.FlavorOf(_hasTimes, HasTags));
    }

    /// <summary>Shows of which room lines are, and the ids of messages, or no more; false if the client is in several rooms, which takes tags.</summary>
    public bool TryShowTags(bool shown)
    {
        if (!shown && Session.Rooms.Skip(1).Any())
        {
            return false;
        }

        HasTags = shown;
        Session.SetFlavor(context.FlavorOf(_hasTimes, HasTags));
        return true;
    }

    /// <summary>A client with tags that is logged in goes into the rooms in which its user is on other sessions, and is taken along by those; another is in a room by itself.</summary>
    public async ValueTask FollowAsync(CancellationToken cancellationToken)
    {
        if (Session.User is not { Profile.Login: not null } user || await AskAsync(new FollowAll(HasTags), cancellationToken) != Verdict.Accepted || !HasTags)
        {
            return;
        }

        var rooms = (await LookAsync(new FindUser(user.Name), cancellationToken))?.Rooms ?? [];
        foreach (var place in rooms.Where(place => !Session.Rooms.Contains(place.Room)))
        {
            await DecideAsync(new Join(place.Room) { OnlyIfMember = true, Replay = context.Replay }, cancellationToken);
        }
    }

    /// <summary>Takes a name of the client's choice, or says why it cannot have it.</summary>
    public async ValueTask<bool> RenameAsync(UserName name, CancellationToken cancellationToken)
    {
        var verdict = await AskAsync(new Rename(name), cancellationToken);
        var words = context.Accounts is { Names: var owned }
            ? verdict == Verdict.Accepted
                ? await owned.WarningAsync(name, Session.User?.Profile.Login, AccountAccess.Remedy, cancellationToken)
                : await owned.RefusalAsync(verdict, name, AccountAccess.Remedy, cancellationToken)
            : null;
        if (verdict == Verdict.NameTaken)
        {
            Reply(output => LinesWriter.NameTaken(output, name.Value));
        }
        else if (words is not null)
        {
            Notify(words);
        }

        return GoesOn(verdict);
    }

    /// <summary>Comes in under its account's name, or else a random one.</summary>
    private async ValueTask<bool> SignInAsync(ProvenAccount? login, CancellationToken cancellationToken)
    {
        var profile = context.ProfileOf(peer);
        profile = login is null ? profile : profile with { Login = login };
        var name = login?.Name ?? context.Names.Next();
        var verdict = await AskAsync(new SignIn(name, profile), cancellationToken);
        while (verdict is Verdict.NameTaken or Verdict.NameOwned or Verdict.NameLooksTaken)
        {
            name = context.Names.Next();
            verdict = await AskAsync(new SignIn(name, profile), cancellationToken);
        }

        if (verdict is Verdict.AccountsFail or Verdict.TooManySessions)
        {
            Notify(verdict == Verdict.AccountsFail ? "Accounts cannot be looked up now, come again later" : context.Accounts!.TooManySessions(login!));
        }

        if (verdict == Verdict.Accepted && Session.User is { } user)
        {
            Reply(output => LinesWriter.YouAre(output, user.Name.Value));
            await FollowAsync(cancellationToken);
            await ShowWaitingAsync(cancellationToken);
        }

        return verdict == Verdict.Accepted;
    }

    /// <summary>Takes the password of its account; whoever is logged in wears the account's name, or that of the account's other sessions.</summary>
    public async ValueTask<bool> LogInAsync(byte[] password, CancellationToken cancellationToken)
    {
        var (login, words) = await Login.TakeAsync(password, Session.User?.Id ?? 0, cancellationToken);
        if (login is null)
        {
            Notify(words);
            return true;
        }

        return await LogInAsync(login.Value, words, cancellationToken);
    }

    /// <summary>Says what has come of something that was typed about an account, and logs in if that has proven one.</summary>
    public async ValueTask<bool> AnswerAsync(ValueTask<TypedAnswer> answering, CancellationToken cancellationToken)
    {
        var answer = await answering;
        foreach (var line in answer.Lines)
        {
            Notify(line);
        }

        return answer.Login is not { } login || await LogInAsync(login, words: null, cancellationToken);
    }

    /// <summary>Wears the name of an account that it has proven, and says so in words, if there are any.</summary>
    private async ValueTask<bool> LogInAsync(AccountProof proof, string? words, CancellationToken cancellationToken)
    {
        var login = proof.Account;
        if (Session.User is not { } user)
        {
            Session.Proof = proof.Proof;
            if (words is not null)
            {
                Notify(words);
            }

            return await SignInAsync(login, cancellationToken) && await EnterAsync(LinesContext.Lobby, key: null, cancellationToken);
        }

        var rooms = Session.Rooms.ToArray();
        var verdict = await AskAsync(new UpdateProfile(user.Profile with { Login = login }, user.Profile), cancellationToken);
        if (verdict == Verdict.TooManySessions)
        {
            Notify(context.Accounts!.TooManySessions(login));
            return true;
        }

        Session.Proof = proof.Proof;
        if (words is not null)
        {
            Notify(words);
        }

        if (Session.User is { } member && member != user)
        {
            return await GoOnAsAsync(member, rooms, cancellationToken);
        }

        await FollowAsync(cancellationToken);
        await ShowWaitingAsync(cancellationToken);
        if (user.Name == login.Name)
        {
            return true;
        }

        verdict = await AskAsync(new Rename(login.Name), cancellationToken);
        if (verdict == Verdict.NameTaken)
        {
            Notify($"Somebody else wears {login.Name}");
        }

        return GoesOn(verdict);
    }

    /// <summary>Goes on as a session of a user who was here already, in the rooms where it was.</summary>
    private async ValueTask<bool> GoOnAsAsync(User member, IReadOnlyList<RoomName> rooms, CancellationToken cancellationToken)
    {
        Reply(output => LinesWriter.YouAre(output, member.Name.Value));
        await FollowAsync(cancellationToken);
        await ShowWaitingAsync(cancellationToken);
        foreach (var room in rooms.Where(room => !Session.Rooms.Contains(room)).ToArray())
        {
            if (!await EnterAsync(room, key: null, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Has the account's member stay without a connection, or no more.</summary>
    public async ValueTask<bool> StayAsync(bool isOn, CancellationToken cancellationToken)
    {
        try
        {
            Notify(context.Accounts is not { AlwaysOn: var alwaysOn } ? "This server has no accounts"
                : Session.User is not { Profile.Login: not null } ? "Log in first with /login {name}"
                : await alwaysOn.SetAsync(Session, isOn, cancellationToken));
        }
        catch (AccountStoreException)
        {
            Notify("Accounts cannot be looked up or changed now, try again later");
        }

        return true;
    }

    private ValueTask ShowWaitingAsync(CancellationToken cancellationToken)
        => context.Accounts?.ArrivedAsync(context.Broker, Session, cancellationToken) ?? default;

    private static bool GoesOn(Verdict verdict) => verdict is not (Verdict.Stopping or Verdict.SignedOut);

    /// <summary>Waits until the room can take more, and says why if it took nothing.</summary>
    private async ValueTask<bool> PostedAsync(ValueTask<Decision> posting, RoomName room) => await PostedAsync(await posting, room);

    private ValueTask<bool> PostedAsync(Decision decision, RoomName room) => decision.Verdict switch
    {
        Verdict.Accepted => new(true),
        Verdict.Stopping or Verdict.SignedOut => new(false),
        _ => RejectAsync(output => LinesRefusals.Write(output, decision, room.Value)),
    };

    /// <summary>Tells the client that its line had no effect, and goes on.</summary>
    public ValueTask<bool> RejectAsync(Action<IBufferWriter<byte>> write)
    {
        Reply(write);
        return new(true);
    }
}
