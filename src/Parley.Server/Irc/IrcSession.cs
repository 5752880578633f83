using System.Buffers;
using System.Globalization;
using System.Text;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Sessions;
using Parley.Protocol.Framing;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Irc.Commands;
using Parley.Server.Irc.Metadata;
using Parley.Server.Irc.Multiline;

namespace Parley.Server.Irc;

/// <summary>One client on IRC.</summary>
internal sealed class IrcSession : ILineSession
{
    private readonly IrcReplies _replies;
    private int _lastBatchId;
    private ulong _withdrawn;

    public IrcSession(IrcContext context, IrcPeer peer)
    {
        Context = context;
        Peer = peer;
        Events = context.EventsOf(IrcCapabilities.None);
        Session = new Session(context.FlavorOf(IrcCapabilities.None), context.OutboxOf(peer.Listener), new IrcPrivateFlavor(this));
        Registration = new IrcRegistration(this);
        Idle = new IrcIdle(context.Time);
        Login = new IrcLogin(this);
        Multiline = new MultilineInput(this);
        Metadata = new SessionMetadata(this);
        _replies = new IrcReplies(this);
    }

    public IrcContext Context { get; }

    public Session Session { get; }

    public IBroker Broker => Context.Broker;

    /// <summary>Who is at the other end.</summary>
    public IrcPeer Peer { get; }

    /// <summary>What the client has negotiated.</summary>
    public IrcCapabilities Capabilities { get; private set; }

    /// <summary>How events are written for it.</summary>
    public IrcEvents Events { get; private set; }

    /// <summary>What is known of it before it has registered, and how that goes on.</summary>
    public IrcRegistration Registration { get; }

    /// <summary>The message of several lines that it is about to send.</summary>
    public MultilineInput Multiline { get; }

    /// <summary>What it wants to know of others' metadata, and has said of its own before it registered.</summary>
    public SessionMetadata Metadata { get; }

    /// <summary>How it proves that an account is its own.</summary>
    public IrcLogin Login { get; }

    /// <summary>How long it has said nothing.</summary>
    public IrcIdle Idle { get; }

    /// <summary>The names of which it is told who comes and goes under them.</summary>
    public HashSet<UserName> Monitored => field ??= [];

    /// <summary>How often it has given a wrong password to become an operator.</summary>
    public int WrongOperatorPasswords { get; set; }

    /// <summary>Whether it hears what operators of the server tell everybody.</summary>
    public bool WantsWallops { get; set; }

    /// <summary>The name it wears, or <c>*</c> before it has registered.</summary>
    public string Nick => Session.User?.Name.Value ?? "*";

    /// <summary>What it, or somebody for it, said when it left.</summary>
    public string QuitReason
    {
        get => field ?? Session.CloseReason ?? "Connection closed";
        set;
    }

    /// <summary>What a client is told that took too long to register.</summary>
    public string LoginHint => "send NICK and USER";

    /// <summary>Its user's name and profile; only once it has registered.</summary>
    public Actor Self => new(Session.User!.Id, Session.User.Name, Session.User.Profile);

    public bool Has(IrcCapabilities capability)
        => (Capabilities & ~(IrcCapabilities)Volatile.Read(ref _withdrawn) & capability) != IrcCapabilities.None;

    /// <summary>The client has negotiated something else.</summary>
    public void SetCapabilities(IrcCapabilities capabilities)
    {
        Capabilities = capabilities;
        Events = Context.EventsOf(capabilities);
        Session.SetFlavor(Context.FlavorOf(capabilities));
    }

    /// <summary>A capability is there no more, from any thread; what others share with it changes with its next command.</summary>
    public void Withdraw(IrcCapabilities capability) => Interlocked.Or(ref _withdrawn, (ulong)capability);

    public ValueTask<bool> StartAsync(CancellationToken cancellationToken) => new(true);

    public ValueTask<bool> ReceiveAsync(FrameResult frame, ReadOnlySequence<byte> line, CancellationToken cancellationToken)
    {
        Idle.Heard();
        if (frame != FrameResult.Line)
        {
            return AnswerAsync(() => Numeric(IrcNumeric.ERR_INPUTTOOLONG, ":Input line was too long"));
        }

        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (bytes.Contains((byte)0))
        {
            // Which no line of the protocol can hold.
            bytes = bytes.ToArray().Where(octet => octet != 0).ToArray();
        }

        return HandleAsync(bytes, cancellationToken);
    }

    public void Notify(string text)
    {
        _replies.Add($"ERROR :{text}");
        _replies.Flush();
    }

    public void NotifyDelayed(string text) => Push($":{Context.ServerName} NOTICE {Nick} :{text}");

    /// <summary>Sends a line that answers nothing, as it stands but for its tags; from any thread.</summary>
    public void Push(string line)
    {
        Session.Reply(output =>
        {
            Events.Begin(Context.Time.GetUtcNow(), default, output);
            output.WriteIrc(Encoding.UTF8.GetBytes(line));
        });
        Session.Outbox.ScheduleSend();
    }

    /// <summary>Answers with a numeric: <paramref name="rest"/> is what follows the client's name.</summary>
    public void Numeric(IrcNumeric numeric, string rest)
        => _replies.Add(string.Create(CultureInfo.InvariantCulture, $":{Context.ServerName} {(int)numeric:000} {Nick} {rest}"));

    /// <summary>Answers with a line: its source is the server unless it begins with a colon; one that begins with <c>@</c> has its own tags.</summary>
    public void Line(string line) => _replies.Add(line);

    /// <summary>Answers with a batch of lines.</summary>
    public void Batch(string type, IEnumerable<string> lines) => _replies.AddBatch(type, lines);

    /// <summary>Answers with a batch of lines that are written with the tag of the batch; without batches, with the lines alone.</summary>
    public void Batch(string type, Action<string?, IBufferWriter<byte>> write)
    {
        if (Has(IrcCapabilities.Batch))
        {
            _replies.AddBatch(type, write);
            return;
        }

        var lines = new ArrayBufferWriter<byte>();
        write(null, lines);
        _replies.AddLines(lines.WrittenMemory);
    }

    /// <summary>Refuses something in words for people and a code for programs (https://ircv3.net/specs/extensions/standard-replies).</summary>
    public void Fail(string command, string code, string description, string context = "")
        => _replies.Add($"FAIL {command} {code} {(context.Length == 0 ? "" : context + " ")}:{description}");

    /// <summary>
    /// Has what is answered so far go ahead of what the broker may show the client because of the command in hand; with a
    /// label, all of that is one batch.
    /// </summary>
    public void AnswersFollow() => _replies.MayBeSeveral();

    /// <inheritdoc cref="IrcReplies.Show"/>
    public void Show(IBufferWriter<byte> output, Action<string?, IBufferWriter<byte>> write) => _replies.Show(output, write);

    /// <inheritdoc cref="IrcReplies.TagOfEcho"/>
    public string? TagOfEcho() => _replies.TagOfEcho();

    /// <summary>The client's own message carries the label.</summary>
    public void EchoFollows() => _replies.IsAnswered();

    /// <summary>The command in hand is not answered now.</summary>
    /// <returns>Its label, for <see cref="AnswerNow"/>; null if it has none.</returns>
    public string? AnswerLater() => _replies.IsAnswered();

    /// <summary>What comes now answers an earlier command, if that had a label.</summary>
    public void AnswerNow(string? label)
    {
        if (label is not null)
        {
            _replies.Begin(label);
        }
    }

    public string NextBatchId() => Interlocked.Increment(ref _lastBatchId).ToString(CultureInfo.InvariantCulture);

    /// <summary>The broker's answer to what needs no more words than a numeric.</summary>
    public bool Accepted(Verdict verdict, string target)
    {
        if (verdict != Verdict.Accepted)
        {
            IrcRefusals.Tell(this, verdict, target);
        }

        return verdict == Verdict.Accepted;
    }

    /// <summary>Waits until the room can take more, and says why if it took nothing.</summary>
    public async ValueTask<bool> PostedAsync(ValueTask<Verdict> posting, RoomName room) => await PostedAsync(await posting, room);

    /// <summary>Says why the room took nothing, if so. False if the conversation is over.</summary>
    public ValueTask<bool> PostedAsync(Verdict verdict, RoomName room) => verdict switch
    {
        Verdict.Accepted => new(true),
        Verdict.Stopping or Verdict.SignedOut => new(false),
        _ => AnswerAsync(() => IrcRefusals.Tell(this, verdict == Verdict.NotInRoom ? Verdict.MaySayNothing : verdict, $"#{room.Value}")),
    };

    private ValueTask<bool> HandleAsync(ReadOnlySpan<byte> line, CancellationToken cancellationToken)
    {
        if (!IrcMessage.TryParse(line, out var message))
        {
            return new(true);
        }

        if (!Utf8Text.IsValid(line))
        {
            var request = new IrcRequest(message);
            var word = request.Command.All(char.IsAsciiLetterOrDigit) ? request.Command : "*";
            return AnswerAsync(() => Fail(word, "INVALID_UTF8", "Messages must be UTF-8"), LabelOf(request));
        }

        if (PrivmsgCommand.TrySay(this, message, cancellationToken, out var saying))
        {
            return saying;
        }

        return RunAsync(new IrcRequest(message), cancellationToken);
    }

    private async ValueTask<bool> RunAsync(IrcRequest request, CancellationToken cancellationToken)
    {
        // An answer comes behind what the client has said before.
        await Broker.SettleAsync(Session);
        if (Interlocked.Exchange(ref _withdrawn, 0) is var withdrawn and not 0)
        {
            SetCapabilities(Capabilities & ~(IrcCapabilities)withdrawn);
        }

        _replies.Begin(LabelOf(request));
        var goesOn = true;
        if (IrcCommandTable.Find(request.Command) is not { } command)
        {
            if (Session.User is not null || !string.Equals(request.Command, "", StringComparison.Ordinal))
            {
                Numeric(IrcNumeric.ERR_UNKNOWNCOMMAND, $"{request.Command} :Unknown command");
            }
        }
        else if (Session.User is null && !command.IsBeforeRegistration)
        {
            Numeric(IrcNumeric.ERR_NOTREGISTERED, ":You have not registered");
        }
        else if (command.IsForOperators && !Self.Profile.IsOperator)
        {
            Numeric(IrcNumeric.ERR_NOPRIVILEGES, ":Permission denied: you are not an operator of the server");
        }
        else if (request.Count < command.MinParameters)
        {
            Numeric(IrcNumeric.ERR_NEEDMOREPARAMS, $"{request.Command} :Not enough parameters");
        }
        else
        {
            goesOn = await command.RunAsync(this, request, cancellationToken);
        }

        await _replies.EndAsync();
        return goesOn;
    }

    /// <summary>Labels need batches.</summary>
    private string? LabelOf(IrcRequest request)
        => Has(IrcCapabilities.LabeledResponse) && Has(IrcCapabilities.Batch) ? request.Tag("label") : null;

    private async ValueTask<bool> AnswerAsync(Action answer, string? label = null)
    {
        await Broker.SettleAsync(Session);
        _replies.Begin(label);
        answer();
        await _replies.EndAsync();
        return true;
    }
}
