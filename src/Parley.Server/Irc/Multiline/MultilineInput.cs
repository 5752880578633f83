using System.Buffers;
using Parley.Core.Events;

namespace Parley.Server.Irc.Multiline;

/// <summary>The message of several lines that a client is about to send, if it is: one at a time.</summary>
internal sealed class MultilineInput(IrcSession session)
{
    private const string Command = "BATCH";
    private const int MaxReferenceLength = 64;

    private static readonly SearchValues<char> ReferenceChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private MultilineBatch? _batch;

    /// <summary>The client begins a batch.</summary>
    public void Open(string reference, IrcRequest request)
    {
        var isBusy = _batch is not null;
        _batch = null;
        var wrong = isBusy ? "A batch is open already"
            : request.Tag("batch") is not null ? "A batch cannot be in another"
            : reference.Length is 0 or > MaxReferenceLength || reference.AsSpan().ContainsAnyExcept(ReferenceChars) ? "A reference has letters, digits and hyphens"
            : !string.Equals(request[1], IrcMessageWriter.MultilineBatch, StringComparison.Ordinal) ? $"Only {IrcMessageWriter.MultilineBatch} can be sent"
            : request[2].Length == 0 ? "There is no target"
            : null;
        if (wrong is not null)
        {
            session.Fail(Command, "MULTILINE_INVALID", wrong);
            return;
        }

        // It is answered when it ends.
        var tags = session.Has(IrcCapabilities.MessageTags) ? session.Context.ClientTags.Allowed(request.Tags) : default;
        _batch = new MultilineBatch(reference, request[2], tags, session.AnswerLater(), session.Context.Time.GetTimestamp());
    }

    /// <summary>Takes a line that says it is part of a batch. False if it does not.</summary>
    public bool TryTake(IrcRequest request)
    {
        if (!session.Has(IrcCapabilities.Multiline) || request.Tag("batch") is not { } reference)
        {
            return false;
        }

        if (Find(reference) is not { HasFailed: false } batch)
        {
            return true;
        }

        var kind = request.Command switch { "PRIVMSG" => MessageKind.Text, "NOTICE" => MessageKind.Notice, _ => MessageKind.Tags };
        if (batch.Add(kind, request[0], request[1], request.Tag(IrcMessageWriter.ConcatTag) is not null) is var (code, context, words))
        {
            Fail(batch, code, context, words);
        }

        return true;
    }

    /// <summary>The client ends a batch: now it is said. False ends the conversation.</summary>
    public ValueTask<bool> CloseAsync(string reference, CancellationToken cancellationToken)
    {
        if (Find(reference) is not { } batch)
        {
            return new(true);
        }

        _batch = null;
        if (batch.HasFailed)
        {
            return new(true);
        }

        if (batch.IsBlank)
        {
            Fail(batch, "MULTILINE_INVALID", "", "A message has some text");
            return new(true);
        }

        session.AnswerNow(batch.Label);
        var draft = IrcSpeech.Draft(session, batch.Kind!.Value, batch.Text, batch.Tags);
        if (draft.Kind == batch.Kind)
        {
            // Otherwise it is CTCP, of which the text is a part.
            draft = draft with { Joints = [.. batch.Joints] };
        }

        return IrcSpeech.SayAsync(session, batch.Target, draft, cancellationToken);
    }

    /// <summary>The open batch of that reference; null, and the client was told so, if there is none or it has taken too long.</summary>
    private MultilineBatch? Find(string reference)
    {
        if (_batch is null || !string.Equals(_batch.Reference, reference, StringComparison.Ordinal))
        {
            session.Fail(Command, "MULTILINE_INVALID", "No such batch is open");
            return null;
        }

        if (!_batch.HasFailed && session.Context.Time.GetElapsedTime(_batch.Opened) > MultilineLimits.MaxAge)
        {
            Fail(_batch, "TIMEOUT", _batch.Reference, $"A batch has {MultilineLimits.MaxAge.TotalSeconds:0} s to end");
        }

        return _batch;
    }

    private void Fail(MultilineBatch batch, string code, string context, string words)
    {
        batch.HasFailed = true;
        session.AnswerNow(batch.Label);
        session.Fail(Command, code, words, context);
    }
}
