using Parley.Core.Accounts;
using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>Hands direct messages to their recipients' sessions, one message at a time, so that all of them have one order.</summary>
/// <param name="names">Who is here.</param>
/// <param name="members">Who of them has proven which account.</param>
/// <param name="lane">Keeps messages; null where no history is kept.</param>
/// <param name="observer">Is told of each message; null for nobody.</param>
/// <param name="mailboxes">Those who may be away; null where nobody is written to who is not here.</param>
internal sealed class DirectDelivery(NameDirectory names, MemberDirectory members, Lane? lane, IMessageObserver? observer, IMailboxes? mailboxes)
{
    // Lock tier 2, like a room's: outbox gates are taken inside.
    private readonly Lock _gate = new();
    private RoomNumbers _numbers = new(last: 0, areKept: false);
    private long _lastNumber;
    private bool _stopped;

    /// <summary>The highest number in history of those that are in their sessions' outboxes; 0 if there is none.</summary>
    public long LastNumber => Volatile.Read(ref _lastNumber);

    /// <summary>The highest number in history of those that were sent, here or by whoever decided before; 0 if that is not known.</summary>
    public long SentUpTo => Volatile.Read(ref _numbers) is { AreKept: true } numbers ? Math.Max(LastNumber, numbers.Earlier) : 0;

    /// <summary>Numbers them from here on; before the first.</summary>
    public void GoOn(RoomNumbers numbers) => Volatile.Write(ref _numbers, numbers);

    /// <summary>Sends a message; completes when it is delivered.</summary>
    /// <returns>Those who are not here.</returns>
    public async ValueTask<IReadOnlyList<UserName>> SendAsync(
        Session sender,
        User from,
        IReadOnlyList<UserName> recipients,
        MessageDraft draft,
        DateTimeOffset now,
        DeliverySample? sample,
        CancellationToken cancellationToken)
    {
        if (Send(sender, from, recipients, draft, now, sample) is not { } sent)
        {
            return recipients;
        }

        if (sent.IsOnItsWay)
        {
            await sent.Step.CompletionAsync().WaitAsync(cancellationToken);
        }

        await NoteAsync(sent.Step);
        return sent.Step.Missing is not { Count: > 0 } missing ? []
            : mailboxes is null || !draft.IsKept ? missing
            : await SendAwayAsync(mailboxes, sender, from, missing, draft, now, cancellationToken);
    }

    /// <summary>Notes a message that was kept for an account whose owner it did not reach. Never throws.</summary>
    public ValueTask NoteAsync(AccountId account, Actor from, long number) => mailboxes?.NoteAsync(account, from, number) ?? default;

    /// <summary>Notes what was kept for those who are away.</summary>
    private async ValueTask NoteAsync(DirectStep step)
    {
        foreach (var post in step.IsDelivered && mailboxes is not null ? step.Messages.Concat(step.Unread ?? []) : [])
        {
            // A reaction is there with what it is about, and is no message that waits.
            if (post.Away is { } account && !post.Message.Draft.IsForClients)
            {
                await mailboxes!.NoteAsync(account.Id, post.Message.From, post.Message.Number);
            }
        }
    }

    /// <summary>Sends a message to those who have an account and are not here, or are under another name.</summary>
    /// <returns>Those who have none.</returns>
    private async ValueTask<IReadOnlyList<UserName>> SendAwayAsync(
        IMailboxes mailboxes, Session sender, User from, IReadOnlyList<UserName> recipients, MessageDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var accounts = new Dictionary<UserName, ProvenAccount>();
        try
        {
            foreach (var name in recipients)
            {
                if (await mailboxes.FindAsync(name, cancellationToken) is { } account)
                {
                    accounts[name] = account;
                }
            }
        }
        catch (AccountStoreException)
        {
            return recipients;
        }

        if (accounts.Count == 0 || Send(sender, from, recipients, draft, now, sample: null, accounts) is not { } sent)
        {
            return recipients;
        }

        if (sent.IsOnItsWay)
        {
            await sent.Step.CompletionAsync().WaitAsync(cancellationToken);
        }

        await NoteAsync(sent.Step);
        return sent.Step.Missing ?? [];
    }

    /// <summary>Decides a message: to whom it goes, and its place in the order of all. Delivers it, or sends it on its way.</summary>
    /// <param name="sender">The author's session.</param>
    /// <param name="from">The author.</param>
    /// <param name="recipients">To whom it is; each gets it once.</param>
    /// <param name="draft">What it says.</param>
    /// <param name="now">Now.</param>
    /// <param name="sample">Is told how far it has come; null if nobody wants to know.</param>
    /// <param name="accounts">The accounts of recipients who are not here; null if they are not written to.</param>
    /// <returns>The step, and whether it is on its way; null: no more are taken.</returns>
    private (DirectStep Step, bool IsOnItsWay)? Send(
        Session sender, User from, IReadOnlyList<UserName> recipients, MessageDraft draft, DateTimeOffset now, DeliverySample? sample,
        Dictionary<UserName, ProvenAccount>? accounts = null)
    {
        // What the author has said in a room before goes ahead, for itself and for those who are in that room too.
        Advance(from);
        foreach (var recipient in recipients)
        {
            Advance(names.Find(recipient));
        }

        DirectStep step;
        lock (_gate)
        {
            if (_stopped)
            {
                return null;
            }

            var isKept = draft.IsKept && Volatile.Read(ref _numbers).AreKept;
            var actor = from.Ahead ?? from.Actor;
            var messages = new List<DirectPost>(recipients.Count);
            List<UserName>? missing = null;
            for (var i = 0; i < recipients.Count; i++)
            {
                if (IsRepeated(recipients, i))
                {
                    continue;
                }

                var account = accounts?.GetValueOrDefault(recipients[i]);
                var named = names.Find(recipients[i]);
                var to = Here(named ?? (account is null ? null : members.Find(account.Id)));

                // Whom only a stand-in is for reads it on return, like those who are not here.
                var away = to is null ? account : to.HasPeople || mailboxes is null || !draft.IsKept ? null : to.Profile.Login;
                if (away is not null ? isKept : to is not null)
                {
                    var message = new DirectMessage(_numbers.Next(isKept), TimeOf(now, isKept), actor, NameOf(to, named, from) ?? (away ?? account!).Name, draft) { IsKept = isKept };
                    messages.Add(new DirectPost(away is null ? to : null, away, message));
                }
                else
                {
                    (missing ??= []).Add(recipients[i]);
                }
            }

            step = new DirectStep(sender, messages, missing, this, sample);
            if (lane is not null && (isKept || sender.HasInFlight))
            {
                _ = step.CompletionAsync();
                return lane.TryAdd(step, out _) ? (step, true) : null;
            }

            DeliverLocked(step);
        }

        return (step, false);
    }

    /// <summary>The name that a recipient wears, as its author may know it; null for one who is not here, and for one who hides and was written to by the name of its account.</summary>
    private static UserName? NameOf(User? to, User? named, User author)
        => to is null || (named is null && !UserPolicy.ShowsInLists(Viewer.Of(author.Actor), to.Actor, Memberships.RoomsOf(author).Intersect(Memberships.RoomsOf(to)).Any())) ? null : to.Name;

    /// <summary>The user if it can be sent anything: whose connections are all about to end is not here any more.</summary>
    private static User? Here(User? user)
    {
        foreach (var session in user?.Sessions ?? [])
        {
            if (!session.Outbox.IsComplete)
            {
                return user;
            }
        }

        return null;
    }

    /// <summary>Delivers a message that was on its way.</summary>
    public void Deliver(DirectStep step)
    {
        foreach (var post in step.Messages)
        {
            Advance(post.To);
        }

        Advance(step.Author.User);
        lock (_gate)
        {
            DeliverLocked(step);
        }
    }

    private void DeliverLocked(DirectStep step)
    {
        var reached = new List<Session>(step.Messages.Count + 1);
        foreach (var (to, away, message) in step.Messages)
        {
            var isDelivered = TrySend(step.Author, to, message, reached, out var hasReached);
            if (!isDelivered)
            {
                (step.Missing ??= []).Add(message.To);
            }
            else if (!hasReached && to?.Profile.Login is { } owner)
            {
                // It has left since: it reads it on return, like those who were not here to begin with.
                (step.Unread ??= []).Add(new DirectPost(null, owner, message));
            }

            observer?.Sent(message, isDelivered ? away ?? to?.Profile.Login : null);
            if (message.IsKept)
            {
                Volatile.Write(ref _lastNumber, Math.Max(_lastNumber, message.Number));
            }
        }

        ScheduleSend(reached, step.Sample);
    }

    /// <summary>The time of a message: history's does not go back, and what it does not keep is told apart by it.</summary>
    private DateTimeOffset TimeOf(DateTimeOffset now, bool isKept) => lane is null ? now : Volatile.Read(ref _numbers).TimeOf(now, isKept);

    /// <summary>Takes no more messages from here on, whoever had them in hand.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
        }
    }

    private static void ScheduleSend(List<Session> reached, DeliverySample? sample)
    {
        if (sample is not null && reached.Count > 0)
        {
            // One after the other, where each would be sent by whichever thread is free: so somebody knows when the last one was.
            sample.Published();
            ThreadPool.UnsafeQueueUserWorkItem(static its => SendAll(its.reached, its.sample), (reached, sample), preferLocal: false);
            return;
        }

        foreach (var session in reached)
        {
            session.Outbox.ScheduleSend();
        }
    }

    private static void SendAll(List<Session> reached, DeliverySample sample)
    {
        foreach (var session in reached)
        {
            session.Outbox.Send();
        }

        sample.Flushed();
    }

    /// <summary>Takes rooms' gates, so it MUST NOT be called under this one.</summary>
    private static void Advance(User? user)
    {
        foreach (var session in user?.Sessions ?? [])
        {
            session.Advance();
        }
    }

    private static bool IsRepeated(IReadOnlyList<UserName> recipients, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (recipients[i] == recipients[index])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Shows a message to its recipient and its author. False: nobody has it, and it is not kept.</summary>
    private static bool TrySend(Session sender, User? to, DirectMessage message, List<Session> reached, out bool hasReached)
    {
        hasReached = false;
        var direct = new Direct(message);
        foreach (var session in to?.Sessions ?? [])
        {
            hasReached |= TryAppend(session, direct, message, reached);
        }

        // What is kept is sent, whoever is still here to take it.
        if (!hasReached && !message.IsKept)
        {
            return false;
        }

        // Only the session that said it knows the message by its label, and may want no echo.
        var elsewhere = message with { Draft = message.Draft with { Label = null } };
        foreach (var session in sender.User?.Sessions ?? [])
        {
            if (session == sender ? message.Draft.Echo : !message.Draft.IsForOthers)
            {
                TryAppend(session, new DirectEcho(session == sender ? message : elsewhere), message, reached);
            }
        }

        return true;
    }

    /// <summary>False if the session takes no more: it is closing.</summary>
    private static bool TryAppend(Session session, Shown what, DirectMessage message, List<Session> reached)
    {
        if (session.Node is { } node)
        {
            node.Show(session, what);
            return !session.Outbox.IsComplete;
        }

        var line = Scratch.Encode(session.PrivateFlavor, what);
        if (line.Length == 0)
        {
            return message.Draft.IsForClients;
        }

        if (!session.AppendPrivate(line, messages: 1))
        {
            return false;
        }

        reached.Add(session);
        return true;
    }
}
