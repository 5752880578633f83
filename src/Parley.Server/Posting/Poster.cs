using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Sessions;
using Parley.Server.Connections;

namespace Parley.Server.Posting;

/// <summary>
/// A user who only speaks. Signs in with the first message, joins the rooms that it speaks in and stays there, so that a busy
/// one does not come and go with each message; signs out when it has said nothing for a while.
/// </summary>
/// <remarks>All that this part of the server asks of the broker is asked here.</remarks>
internal sealed class Poster : IDisposable
{
    /// <summary>How long it stays after its last message.</summary>
    public static readonly TimeSpan Stay = TimeSpan.FromMinutes(10);

    /// <summary>How long a message may take to be kept and taken in. Only reached when something is wrong.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What others may know of whoever posts: that it is a program.</summary>
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
    private ReceiptFlavor _receipts = new();
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
            var receipt = await HandInAsync(room, draft, cancellationToken);
            return await receipt.WaitAsync(Patience, _time, cancellationToken);
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

    public void Dispose() => _leave.Dispose();

    /// <summary>Has the broker accept a message; further ones need not wait until it is kept.</summary>
    private async Task<Task<PostedMessage>> HandInAsync(RoomName room, MessageDraft draft, CancellationToken cancellationToken)
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
            var receipt = _receipts.ExpectAsync(room);
            var verdict = await _broker.PostAsync(session, room, draft, CancellationToken.None);
            if (verdict != Verdict.Accepted)
            {
                _receipts.Forget();
                throw Refused(verdict, room);
            }

            return receipt;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Session> SignInAsync(RoomName room)
    {
        _receipts = new ReceiptFlavor();
        var session = new Session(_receipts, _outbox);
        Accept(await _broker.SignInAsync(session, _name, Profile, CancellationToken.None), room);
        _receipts.UserId = session.User!.Id;
        return session;
    }

    private async Task EnterAsync(Session session, RoomName room)
    {
        if (session.Rooms.Contains(room))
        {
            return;
        }

        var verdict = await _broker.JoinAsync(session, room, cancellationToken: CancellationToken.None);
        if (verdict == Verdict.TooManyRooms)
        {
            await _broker.LeaveAsync(session, session.Rooms.First(), cancellationToken: CancellationToken.None);
            verdict = await _broker.JoinAsync(session, room, cancellationToken: CancellationToken.None);
        }

        Accept(verdict, room);
    }

    private async Task LeaveIfQuietAsync()
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (_session is { } session && _receipts.IsIdle && _time.GetElapsedTime(_lastPosted) >= Stay)
            {
                _session = null;
                session.Outbox.Abort();
                await _broker.SignOutAsync(session);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

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
        Verdict.Stopping => new(PostFailure.Stopping, "Server is shutting down"),
        Verdict.InviteOnly => new(PostFailure.NotAllowed, $"Only those who were invited may come into {room}: have an operator of the room invite {_name}"),
        Verdict.Banned => new(PostFailure.NotAllowed, $"{_name} is banned from {room}: have an operator of the room lift the ban"),
        Verdict.WrongKey => new(PostFailure.NotAllowed, $"{room} has a key, which nobody can give here: have an operator of the room invite {_name}"),
        Verdict.RoomFull => new(PostFailure.NotAllowed, $"{room} is full: have an operator of the room invite {_name}"),
        Verdict.MaySayNothing => new(PostFailure.NotAllowed, ReceiptFlavor.NotAllowedIn(room)),
        _ => new(PostFailure.Unknown, $"The message was refused ({verdict})"),
    };
}
