using System.Buffers;
using System.Globalization;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Sessions;

/// <summary>One client on IRC.</summary>
internal sealed class IrcSession
{
    private readonly IrcReplies _replies;
    private int _lastBatchId;
    private ulong _withdrawn;
    private string? _quitReason;

    /// <summary>A client that has said nothing yet.</summary>
    /// <param name="context">State that all sessions share.</param>
    /// <param name="peer">Peer at the other end of the connection.</param>
    /// <param name="privateFlavor">Makes the encoder of what the client alone is shown.</param>
    public IrcSession(IrcContext context, IrcPeer peer, Func<IrcSession, Flavor> privateFlavor)
    {
        Context = context;
        Peer = peer;
        Events = context.EventsOf(IrcCapabilities.None);
        Session = new Session(
            context.FlavorOf(IrcCapabilities.None, peer.Framing), context.OutboxOf(peer.Listener), privateFlavor(this), peer.Framing);
        Registration = new IrcRegistration();
        Idle = new IrcIdle(context.Time);
        Login = new IrcLogin(this);
        Multiline = new MultilineInput(this);
        Metadata = new SessionMetadata(context.MaxValues);
        LateReplay = new LateReplay(context.Time);
        _replies = new IrcReplies(this);
        Session.Left = HasLeft;
        Session.Ended = rooms => context.PushIntake?.Left(Self, rooms);
    }

    public IrcContext Context { get; }

    public Session Session { get; }

    public IBroker Broker => Context.Broker;

    /// <summary>Peer at the other end of the connection.</summary>
    public IrcPeer Peer { get; }

    /// <summary>Capabilities that the client has negotiated.</summary>
    public IrcCapabilities Capabilities { get; private set; }

    /// <summary>Writer of events for the client.</summary>
    public IrcEvents Events { get; private set; }

    /// <summary>Progress of the registration, and what is known of the client before it is complete.</summary>
    public IrcRegistration Registration { get; }

    /// <summary>The message of several lines that it is about to send.</summary>
    public MultilineInput Multiline { get; }

    /// <summary>Subscriptions to others' metadata, and the values that the client has set of its own before it registered.</summary>
    public SessionMetadata Metadata { get; }

    /// <summary>Replay of rooms for whose history the client does not ask.</summary>
    public LateReplay LateReplay { get; }

    /// <summary>The room that it joins just now; empty if none.</summary>
    public RoomName Arriving { get; set; }

    /// <summary>Time up to which its user has read the room that it joins just now, UTC; null for one that never said.</summary>
    public DateTimeOffset? ArrivingMarker { get; set; }

    /// <summary>Login by which the client proves that an account is its own.</summary>
    public IrcLogin Login { get; }

    /// <summary>Record of the time for which the client has said nothing.</summary>
    public IrcIdle Idle { get; }

    /// <summary>The names of which it is told who comes and goes under them.</summary>
    public HashSet<UserName> Monitored => field ??= [];

    /// <summary>Number of wrong passwords that the client has given to become an operator.</summary>
    public int WrongOperatorPasswords { get; set; }

    /// <summary>The account that has made its user an operator of the server; null if a password did, or nothing.</summary>
    public AccountId? OperatorByAccount { get; set; }

    /// <summary>True if it hears what operators of the server tell everybody.</summary>
    public bool WantsWallops { get; set; }

    /// <summary>The name it wears, or <c>*</c> before it has registered.</summary>
    public string Nick => Session.User?.Name.Value ?? "*";

    /// <summary>Reason that the client, or somebody for it, gave when it left.</summary>
    public string QuitReason
    {
        get => _quitReason ?? Session.QuitReason ?? "Connection closed";
        set => _quitReason = value;
    }

    /// <summary>Advice to a client that took too long to register.</summary>
    public string LoginHint => $"send {Registration.Lacks}";

    /// <summary>Part of the registration that is missing from a client that took too long.</summary>
    public string LoginLacks => Registration.Lacks;

    /// <summary>Its user's name and profile; only once it has registered.</summary>
    public Actor Self => new(Session.User!.Id, Session.User.Name, Session.User.Profile);

    public bool Has(IrcCapabilities capability)
        => (Capabilities & ~(IrcCapabilities)Volatile.Read(ref _withdrawn) & capability) != IrcCapabilities.None;

    /// <summary>The client has negotiated something else.</summary>
    public void SetCapabilities(IrcCapabilities capabilities)
    {
        Capabilities = capabilities;
        Events = Context.EventsOf(capabilities);
        Session.SetFlavor(Context.FlavorOf(capabilities, Peer.Framing));
    }

    /// <summary>A capability is there no more, from any thread; what others share with it changes with its next command.</summary>
    public void Withdraw(IrcCapabilities capability) => Interlocked.Or(ref _withdrawn, (ulong)capability);

    /// <summary>Sends a line that no command asked for and that ends the conversation: why it ends.</summary>
    public void Notify(string text)
    {
        _replies.Flush();
        SendBare($"ERROR :{text}");
    }

    /// <summary>Tells the client that its lines have to wait; from any thread, and ahead of what waits.</summary>
    public void NotifyDelayed(string text)
    {
        Session.ReplyNow(Answer.Encode(Event($":{Context.ServerName} NOTICE {Nick} :{text}")));
        Session.Outbox.ScheduleSend();
    }

    /// <summary>Sends a line that answers nothing, as it stands but for its tags; from any thread.</summary>
    public void Push(string line)
    {
        Session.Reply(Event(line));
        Session.Outbox.ScheduleSend();
    }

    private Action<IBufferWriter<byte>> Event(string line) => output =>
    {
        Events.Begin(Context.Time.GetUtcNow(), default, output);
        output.WriteIrc(Encoding.UTF8.GetBytes(line));
    };

    /// <summary>Asks whether the client is still there; from any thread.</summary>
    public void Ping()
    {
        SendBare($"PING :{Context.ServerName}");
        Session.Outbox.ScheduleSend();
    }

    /// <summary>The last line that the client is sent, and why; it goes behind the answers to the command in hand.</summary>
    public void Farewell(string text) => _replies.AddFarewell($"ERROR :{text}");

    /// <summary>
    /// Sends a line without tags and without a source. PING and ERROR are sent so: there are programs that look for the word at
    /// the very beginning of a line, and for nothing else.
    /// </summary>
    public void SendBare(string line) => Session.Reply(output => output.WriteIrc(Encoding.UTF8.GetBytes(line)));

    /// <summary>Answers with a numeric: <paramref name="parameters"/> is what follows the client's name.</summary>
    public void Numeric(IrcNumeric numeric, IrcParameters parameters) => Numeric(numeric, parameters.ToStringAndClear());

    /// <summary>Answers with a numeric: <paramref name="rest"/> is what follows the client's name.</summary>
    public void Numeric(IrcNumeric numeric, string rest)
        => _replies.Add(string.Create(CultureInfo.InvariantCulture, $":{Context.ServerName} {(int)numeric:000} {Nick} {rest}"));

    /// <summary>Answers with a line: its source is the server unless it begins with a colon; one that begins with <c>@</c> has its own tags.</summary>
    public void Line(string line) => _replies.Add(line);

    /// <summary>Answers with a batch of lines.</summary>
    public void Batch(string type, IEnumerable<string> lines) => _replies.AddBatch(type, lines);

    /// <summary>Answers with a batch of lines that are written with the tag of the batch; without batches, with the lines alone.</summary>
    public void Batch(string type, Action<string?, IBufferWriter<byte>> write, string? tag = null)
    {
        if (Has(IrcCapabilities.Batch))
        {
            _replies.AddBatch(type, write, Has(IrcCapabilities.MessageTags) ? tag : null);
            return;
        }

        var lines = new ArrayBufferWriter<byte>();
        write(null, lines);
        _replies.AddLines(lines.WrittenMemory);
    }

    /// <summary>Answers with numerics that are written as bytes from the first, of which a long answer has thousands; behind <see cref="AnswersFollow"/>.</summary>
    /// <param name="items">What each is about.</param>
    /// <param name="numeric">The numeric.</param>
    /// <param name="write">Writes the line without its tags: the bytes that it is given, and what follows the client's name.</param>
    public void Numerics<T>(IEnumerable<T> items, IrcNumeric numeric, Action<T, byte[], IBufferWriter<byte>> write)
        => _replies.AddLines((tag, output) =>
        {
            var now = Context.Time.GetUtcNow();
            var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $":{Context.ServerName} {(int)numeric:000} {Nick} "));
            foreach (var item in items)
            {
                Events.Begin(now, default, output, tag);
                write(item, head, output);
            }
        });

    /// <summary>Refuses something in words for people and a code for programs (https://ircv3.net/specs/extensions/standard-replies).</summary>
    public void Fail(string command, string code, string description, string context = "")
        => _replies.Add(context.Length == 0
            ? $"FAIL {command} {code} :{description}"
            : $"FAIL {command} {code} {string.Join(' ', context.Split(' ').Select(IrcTexts.Middle))} :{description}");

    /// <summary>
    /// Has what is answered so far go ahead of what the broker may show the client because of the command in hand; with a
    /// label, all of that is one batch.
    /// </summary>
    public void AnswersFollow() => _replies.MayBeSeveral();

    /// <inheritdoc cref="AnswerTurns.TakesMoreAsync"/>
    public ValueTask<bool> TakesMoreAsync(CancellationToken cancellationToken) => Context.Turns.TakesMoreAsync(Session.Outbox, cancellationToken);

    /// <summary>Answers what grows with the server, as <see cref="AnswerTurns.AnswerAsync"/> does.</summary>
    /// <param name="slice">Answers the next <see cref="AnswerTurns.SliceSize"/>; true if there is more.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    public ValueTask AnswerInSlicesAsync(Func<CancellationToken, ValueTask<bool>> slice, CancellationToken cancellationToken)
        => Context.Turns.AnswerAsync(
            Session.Outbox,
            async token =>
            {
                var goesOn = await slice(token);
                if (goesOn)
                {
                    _replies.Piece();
                }

                return goesOn;
            },
            cancellationToken);

    /// <summary>Answers with a batch that grows with the server, as <see cref="AnswerTurns.AnswerAsync"/> does.</summary>
    /// <param name="type">The batch's type and parameters.</param>
    /// <param name="mayBeEmpty">Whether there is a batch if there are no lines.</param>
    /// <param name="slice">Adds some lines; true if there are more.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    public async ValueTask BatchInSlicesAsync(
        string type, bool mayBeEmpty, Func<List<string>, CancellationToken, ValueTask<bool>> slice, CancellationToken cancellationToken)
    {
        var id = mayBeEmpty ? _replies.BeginBatch(type) : null;
        await AnswerInSlicesAsync(
            async token =>
            {
                var lines = new List<string>();
                var goesOn = await slice(lines, token);
                if (lines.Count > 0)
                {
                    id ??= _replies.BeginBatch(type);
                    _replies.AddInside(id, lines);
                }

                return goesOn;
            },
            cancellationToken);
        if (id is not null)
        {
            _replies.EndBatch(id);
        }
    }

    /// <inheritdoc cref="IrcReplies.Show"/>
    public void Show(IBufferWriter<byte> output, Action<string?, IBufferWriter<byte>> write) => _replies.Show(output, write);

    /// <inheritdoc cref="IrcReplies.TagOfEcho"/>
    public string? TagOfEcho() => _replies.TagOfEcho();

    /// <summary>The client's own message carries the label.</summary>
    public void EchoFollows() => _replies.IsAnswered();

    /// <summary>The command in hand is not answered now.</summary>
    /// <returns>Its label, for <see cref="AnswerNow"/>; null if it has none.</returns>
    public string? AnswerLater() => _replies.IsAnswered();

    /// <summary>Makes what comes now the answer to an earlier command, if that had a label.</summary>
    public void AnswerNow(string? label)
    {
        if (label is not null)
        {
            _replies.Begin(label);
        }
    }

    /// <summary>Number of the last batch that it was sent.</summary>
    public int LastBatchId { get => Volatile.Read(ref _lastBatchId); set => _lastBatchId = value; }

    public string NextBatchId() => Interlocked.Increment(ref _lastBatchId).ToString(CultureInfo.InvariantCulture);

    /// <summary>Asks the broker for something, as the client.</summary>
    public async ValueTask<Verdict> AskAsync(Intention what, CancellationToken cancellationToken)
        => (await Broker.AskAsync(Session.Id, what, cancellationToken)).Verdict;

    /// <summary>Asks the broker a question, as the client.</summary>
    public ValueTask<T> LookAsync<T>(Query<T> what, CancellationToken cancellationToken) => Broker.LookAsync(Session.Id, what, cancellationToken);

    /// <summary>Answers why the broker refused something.</summary>
    /// <param name="decision">Why not, and for how long.</param>
    /// <param name="target">What it was about: a channel or a name.</param>
    public void Refuse(Decision decision, string target)
    {
        var (numeric, words) = IrcRefusals.Of(decision);
        Numeric(numeric, $"{target} :{words}");
    }

    /// <summary>Returns the room that a channel is; null if there is none that the client may know of.</summary>
    public async ValueTask<RoomView?> FindRoomAsync(string channel, CancellationToken cancellationToken)
        => IrcChannel.TryParse(channel, out var room) ? await LookAsync(new FindRoom(room), cancellationToken) : null;

    /// <summary>The broker's answer to what needs no more words than a numeric.</summary>
    public bool Accepted(Verdict verdict, string target)
    {
        if (verdict != Verdict.Accepted)
        {
            Refuse(new Decision(verdict), target);
        }

        return verdict == Verdict.Accepted;
    }

    /// <summary>Waits until the room can take more, and says why if it took nothing.</summary>
    public async ValueTask<bool> PostedAsync(ValueTask<Decision> posting, RoomName room) => await PostedAsync(await posting, room);

    /// <summary>Says why the room took nothing, if so. False if the conversation is over.</summary>
    public ValueTask<bool> PostedAsync(Decision decision, RoomName room) => decision.Verdict switch
    {
        Verdict.Accepted => new(true),
        Verdict.Stopping or Verdict.SignedOut => new(false),
        Verdict.NotInRoom => AnswerAsync(() => Refuse(new Decision(Verdict.MaySayNothing), $"#{room.Value}")),
        _ => AnswerAsync(() => Refuse(decision, $"#{room.Value}")),
    };

    /// <summary>Remembers how much of a room it was sent. Of a connection that did not end by QUIT nobody knows how long it had been dead.</summary>
    private void HasLeft(RoomName room, long number)
    {
        // What a client was sent that asks for history itself, says nothing about what its person's others have.
        if (Session.User is { } user && !Has(IrcCapabilities.ChatHistory))
        {
            var isStopped = Context.Stopping.IsCancellationRequested && !Session.Outbox.IsCutOff;
            var mayBeLost = Session.Outbox.IsComplete && _quitReason is null && !isStopped;
            Context.SentMarks.Left(user, room, number, mayBeLost ? Context.Time.GetUtcNow() - Idle.Silence : null);
        }
    }

    /// <summary>Begins the answer to a command.</summary>
    /// <param name="label">What the client knows the command by; null for nothing.</param>
    public void BeginAnswer(string? label)
    {
        if (Interlocked.Exchange(ref _withdrawn, 0) is var withdrawn and not 0)
        {
            SetCapabilities(Capabilities & ~(IrcCapabilities)withdrawn);
        }

        _replies.Begin(label);
    }

    /// <summary>Sends the answer to the command in hand.</summary>
    public void EndAnswer() => _replies.End();

    /// <summary>Returns the label of a command; null if it has none. Labels need batches.</summary>
    public string? LabelOf(IrcRequest request)
        => Has(IrcCapabilities.LabeledResponse) && Has(IrcCapabilities.Batch) ? request.Tag("label") : null;

    /// <summary>Answers something that is no command, or a command that is not carried out.</summary>
    public ValueTask<bool> AnswerAsync(Action answer, string? label = null)
    {
        _replies.Begin(label);
        answer();
        _replies.End();
        return new(true);
    }
}
