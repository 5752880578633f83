using System.Buffers;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Protocol.Framing;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Irc.Files;
using Parley.Server.Irc.Messages;
using Parley.Server.Irc.Server;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Dispatch;

/// <summary>Hands each line of a client to the command that it names, if the client may send that now.</summary>
internal sealed class IrcDispatcher(IrcContext context, IrcCommandSet commands, IrcPeer peer) : ILineSession
{
    private readonly IrcSession _client = new(context, peer, static client => new IrcPrivateFlavor(client));

    public Session Session => _client.Session;

    public string QuitReason => _client.QuitReason;

    public string LoginHint => _client.LoginHint;

    public string LoginLacks => _client.LoginLacks;

    public ProvenAccount? HeldLogin => _client.Registration.Login;

    /// <summary>Runs the conversation, for as long as which the client is in the directory.</summary>
    public Task RunAsync(Func<Task> conversation) => context.Clients.RunAsync(_client, conversation);

    public HandedSession? HandOver() => HandedIrc.Of(_client) is { } state ? new HandedSession(peer.Protocol, state) : null;

    public void GoOn(string state) => HandedIrc.GoOn(_client, state);

    public void HasGoneOn()
    {
        var user = Session.User!;
        (_client.Registration.Name, _client.Registration.Login) = (user.Name, user.Profile.Login);
        context.Clients.Registered(_client);
    }

    public ValueTask<bool> StartAsync(CancellationToken cancellationToken) => new(true);

    public ValueTask<bool> ReceiveAsync(FrameResult frame, ReadOnlySequence<byte> line, CancellationToken cancellationToken)
    {
        _client.Idle.Heard();
        if (frame != FrameResult.Line)
        {
            return _client.AnswerAsync(() => _client.Numeric(IrcNumeric.ERR_INPUTTOOLONG, ":Input line was too long, and nothing of it was sent"));
        }

        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (bytes.Contains((byte)0))
        {
            // Which no line of the protocol can hold.
            bytes = bytes.ToArray().Where(octet => octet != 0).ToArray();
        }

        return HandleAsync(bytes, cancellationToken);
    }

    public void Notify(string text) => _client.Notify(text);

    public void NotifyDelayed(string text) => _client.NotifyDelayed(text);

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
            return _client.AnswerAsync(() => _client.Fail(word, "INVALID_UTF8", "Messages must be UTF-8"), _client.LabelOf(request));
        }

        if (IrcSpeech.TrySay(_client, message, cancellationToken, out var saying))
        {
            return saying;
        }

        return RunAsync(new IrcRequest(message), cancellationToken);
    }

    private async ValueTask<bool> RunAsync(IrcRequest request, CancellationToken cancellationToken)
    {
        _client.BeginAnswer(_client.LabelOf(request));
        var goesOn = true;
        if (_client.Multiline.TryTakeOther(request))
        {
            // Only lines of a message have anything to do in a batch.
        }
        else if (commands.Find(request.Command) is not { } command)
        {
            if (_client.Session.User is not null || !string.Equals(request.Command, "", StringComparison.Ordinal))
            {
                _client.Numeric(IrcNumeric.ERR_UNKNOWNCOMMAND, $"{request.Command} :Unknown command");
            }
        }
        else if (_client.Session.User is null && !command.IsBeforeRegistration)
        {
            _client.Numeric(IrcNumeric.ERR_NOTREGISTERED, ":You have not registered");
        }
        else if (command.Right != ServerRights.None && !_client.Self.Profile.IsOperator)
        {
            _client.Numeric(IrcNumeric.ERR_NOPRIVILEGES, ":Permission denied: you are not an operator of the server");
        }
        else if (command.Right != ServerRights.None && !_client.Self.Profile.May(command.Right))
        {
            _client.Numeric(IrcNumeric.ERR_NOPRIVS, $"{OperatorRights.Text(command.Right)} :Permission denied: you do not have this right");
        }
        else if (request.Count < command.MinParameters)
        {
            _client.Numeric(IrcNumeric.ERR_NEEDMOREPARAMS, $"{request.Command} :Not enough parameters");
        }
        else
        {
            goesOn = await command.RunAsync(_client, request, cancellationToken);
        }

        _client.EndAnswer();
        return goesOn;
    }
}
