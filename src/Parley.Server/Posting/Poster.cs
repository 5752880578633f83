using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Accounts;
using Parley.Server.Connections;

namespace Parley.Server.Posting;

/// <summary>
/// A user who only speaks. Signs in with the first message, joins the rooms that it speaks in and stays there, so that a busy
/// one does not come and go with each message; signs out when it has said nothing for a while.
/// </summary>
/// <remarks>All that this part of the server asks of the broker is asked here.</remarks>
internal sealed class Poster : IDisposable
{
    /// <summary>Time a poster stays after its last message.</summary>
    public static readonly TimeSpan Stay = TimeSpan.FromMinutes(10);

    /// <summary>Time a message may take to be kept and taken in. Only reached when something is wrong.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly SilentFlavor Silence = new();

    /// <summary>Profile of a poster, which tells others that it is a program.</summary>
    private static readonly UserProfile Profile = new() { Ident = "post", IsBot = true, IsPoster = true };

    private readonly UserName _name;
    private readonly IBroker _broker;
    private readonly OutboxOptions _outbox;
    private readonly ShutdownSequence _shutdown;
    private readonly TimeProvider _time;
    private readonly ITimer _leave;

    // One intention at a time: a session's own MUST follow each other. Guards what follows.
    private readonly SemaphoreSlim _turn = new(1);
    private Session? _session;
    private int _unanswered;
    private long _lastPosted;

    public Poster(UserName name, IBroker broker, OutboxOptions outbox, ShutdownSequence shutdown, TimeProvider time)
    {
        (_name, _broker, _outbox, _shutdown, _time) = (name, broker, outbox, shutdown, time);
        _leave = time.CreateTimer(static poster => _ = ((Poster)poster!).LeaveIfQuietAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc cref="IRoomPoster.PostAsync"/>
    public async Task<PostedMessage> PostAsync(RoomName room, MessageDraft draft, CancellationToken cancellationToken)
    {
        // Whoever is stopping waits for what was begun, as for a connection's line in hand.
        if (!_shutdown.TryStartReader())
        {
            throw Refused(Verdict.Stopping, room);
        }

        try
        {
            var posting = await HandInAsync(room, draft, cancellationToken);
            var decision = await posting.WaitAsync(Patience, _time, cancellationToken);
            if (decision.Verdict is Verdict.NoSuchRoom or Verdict.NotInRoom)
            {
                // Put out between coming in and speaking, by an operator or with a room that has closed: as with the next message, it comes in anew.
                posting = await HandInAsync(room, draft, cancellationToken);
                decision = await posting.WaitAsync(Patience, _time, cancellationToken);
            }

            Accept(decision.Verdict, room);
            return PostedMessage.Of(decision.Posted!);
        }
        catch (TimeoutException)
        {
            throw new PostException(PostFailure.Unknown, "No word has come of what became of the message, it may still be sent");
        }
        finally
        {
            _ = _shutdown.EndReaderAsync();
        }
    }

    /// <summary>Id of its session, for another process that goes on with it; none if it is not here.</summary>
    /// <param name="quietFor">Time for which it has said nothing.</param>
    public SessionId HandOver(out TimeSpan quietFor)
    {
        quietFor = _time.GetElapsedTime(_lastPosted);
        return _session is { User: not null, Id: var id } ? id : default;
    }

    /// <summary>Goes on where another process has stopped. Before it posts anything.</summary>
    /// <param name="adopt">Makes its session the broker's; false if it could not be kept.</param>
    /// <param name="quietFor">Time for which it has said nothing.</param>
    public bool TryGoOn(Func<Session, bool> adopt, TimeSpan quietFor)
    {
        var session = new Session(Silence, _outbox);
        if (!adopt(session))
        {
            return false;
        }

        (_session, _lastPosted) = (session, _time.GetTimestamp() - (long)(quietFor.TotalSeconds * _time.TimestampFrequency));
        _leave.Change(quietFor < Stay ? Stay - quietFor : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return true;
    }

    public void Dispose() => _leave.Dispose();

    /// <summary>Hands a message to the broker; further ones need not wait until it is kept.</summary>
    private async Task<Task<Decision>> HandInAsync(RoomName room, MessageDraft draft, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_session is null or { User: null })
            {
                _session = await SignInAsync(room);
            }

            var session = _session;
            await EnterAsync(session, room);
            _lastPosted = _time.GetTimestamp();
            _leave.Change(Stay, Timeout.InfiniteTimeSpan);
            return PostAsync(session, new Post(room, draft) { IsAwaited = true });
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says something; counts it until it is known what became of it.</summary>
    private async Task<Decision> PostAsync(Session session, Post what)
    {
        Interlocked.Increment(ref _unanswered);
        try
        {
            return await _broker.AskAsync(session.Id, what, CancellationToken.None);
        }
        finally
        {
            Interlocked.Decrement(ref _unanswered);
        }
    }

    private async Task<Session> SignInAsync(RoomName room)
    {
        var session = new Session(Silence, _outbox);
        _broker.Attach(session);
        Accept(await AskAsync(session, new SignIn(_name, Profile)), room);
        return session;
    }

    private async Task EnterAsync(Session session, RoomName room)
    {
        if (session.Rooms.Contains(room))
        {
            return;
        }

        var decision = await _broker.AskAsync(session.Id, new Join(room), CancellationToken.None);
        if (decision.Verdict == Verdict.TooManyRooms)
        {
            await AskAsync(session, new Leave(session.Rooms.First()));
            decision = await _broker.AskAsync(session.Id, new Join(room), CancellationToken.None);
        }

        if (decision.Verdict == Verdict.Banned)
        {
            throw new PostException(PostFailure.NotAllowed, $"{_name} is banned from {room}{BanWords.Of(decision.Ban)}: have an operator of the room lift the ban");
        }

        Accept(decision.Verdict, room);
    }

    /// <summary>Signs out if a ban is about it; the next message is refused then.</summary>
    public async Task EndIfAsync(BanSubject banned)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (_session is { User: { } user } session && banned.Matches(new Actor(user.Id, user.Name, user.Profile)))
            {
                _session = null;
                session.Outbox.Abort();
                await _broker.DetachAsync(session.Id, "Banned from this server");
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task LeaveIfQuietAsync()
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (_session is { } session && Volatile.Read(ref _unanswered) == 0 && _time.GetElapsedTime(_lastPosted) >= Stay)
            {
                _session = null;
                session.Outbox.Abort();
                await _broker.DetachAsync(session.Id);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<Verdict> AskAsync(Session session, Intention what) => (await _broker.AskAsync(session.Id, what, CancellationToken.None)).Verdict;

    private void Accept(Verdict verdict, RoomName room)
    {
        if (verdict != Verdict.Accepted)
        {
            throw Refused(verdict, room);
        }
    }

    private PostException Refused(Verdict verdict, RoomName room) => verdict switch
    {
        Verdict.NameTaken => new(PostFailure.NameTaken, $"{_name} is already taken by somebody who is here, try again later or use another name"),
        Verdict.NameOwned => new(PostFailure.NameTaken, $"{_name} is the name of an account, which its owner alone wears: use another name"),
        Verdict.NameLooksTaken => new(PostFailure.NameTaken, $"{_name} looks like the name of somebody who is here, try again later or use another name"),
        Verdict.NameNotAscii => new(PostFailure.NotAllowed, $"{(_name.IsAscii ? room.Value : _name.Value)} will not do: {NameWords.OnlyAscii}"),
        Verdict.BannedFromServer => new(PostFailure.NotAllowed, $"{_name} is banned from this server: have an operator lift the ban, or use another name"),
        Verdict.AccountsFail => new(PostFailure.NameTaken, $"Whether {_name} belongs to an account cannot be found out now, try again later"),
        Verdict.HistoryFails => new(PostFailure.NotKept, "Messages cannot be kept at the moment, yours was not sent, try again later"),
        Verdict.Stopping => new(PostFailure.Stopping, "Server is shutting down"),
        Verdict.InviteOnly => new(PostFailure.NotAllowed, $"Only those who were invited may come into {room}: have an operator of the room invite {_name}"),
        Verdict.Banned => new(PostFailure.NotAllowed, $"{_name} is banned from {room}: have an operator of the room lift the ban"),
        Verdict.WrongKey => new(PostFailure.NotAllowed, $"{room} has a key, which nobody can give here: have an operator of the room invite {_name}"),
        Verdict.RoomFull => new(PostFailure.NotAllowed, $"{room} is full: have an operator of the room invite {_name}"),
        Verdict.NoSuchRoom => new(PostFailure.NotAllowed, $"{_name} may not come into {room}: have an operator of the room invite {_name}"),
        Verdict.MaySayNothing => new(PostFailure.NotAllowed, $"An operator of {room} has to let you speak there"),
        Verdict.Filtered => new(PostFailure.NotAllowed, $"The word filter of {room} refuses what the message says"),
        _ => new(PostFailure.Unknown, $"The message was refused ({verdict})"),
    };
}
