using System.Buffers;
using Parley.Core.Events;
using Parley.Server.Irc.Multiline;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Sessions;

/// <summary>The message of several lines that a client is about to send, if it is: one at a time.</summary>
internal sealed class MultilineInput(IrcSession session)
{
    private const string Command = "BATCH";
    private const int MaxReferenceLength = 64;

    private static readonly SearchValues<char> ReferenceChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private MultilineBatch? _batch;

    /// <summary>The references of batches that were refused as they began, or ended by another, and whose lines are ignored.</summary>
    private readonly List<string> _ignored = [];

    /// <summary>True if a batch has begun, or lines of a refused one may still come.</summary>
    public bool IsOpen => _batch is not null || _ignored.Count > 0;

    /// <summary>The client begins a batch.</summary>
    public void Open(string reference, IrcRequest request)
    {
        var open = _batch;
        _batch = null;
        _ignored.Clear();
        if (Refusal(reference, request, open is not null) is var (code, context, words))
        {
            if (open is { HasFailed: false, Label: not null })
            {
                // It ends here, and its opening command was not answered yet.
                session.AnswerNow(open.Label);
                session.Fail(Command, code, words, context);
                session.EndAnswer();
                session.BeginAnswer(session.LabelOf(request));
            }

            // What the client has sent behind it, before it could read this, is part of the refused batch.
            _ignored.AddRange(open is null ? [reference] : [open.Reference, reference]);
            session.Fail(Command, code, words, context);
            return;
        }

        // It is answered when it ends.
        var tags = session.Has(IrcCapabilities.MessageTags) ? session.Context.ClientTags.Allowed(request.Tags) : default;
        _batch = new MultilineBatch(reference, request[2], tags, session.AnswerLater(), session.Context.Time.GetTimestamp());
    }

    // https://ircv3.net/specs/extensions/client-batch#errors
    private static (string Code, string Context, string Words)? Refusal(string reference, IrcRequest request, bool isBusy)
        => isBusy ? ("MULTILINE_INVALID", "", "A batch is open already")
            : request.Tag("batch") is not null ? ("MULTILINE_INVALID", "", "A batch cannot be in another")
            : reference.Length is 0 or > MaxReferenceLength || reference.AsSpan().ContainsAnyExcept(ReferenceChars)
                ? ("INVALID_REFTAG", IrcTexts.Word(reference), "A reference has letters, digits and hyphens")
            : !string.Equals(request[1], IrcMessageWriter.MultilineBatch, StringComparison.Ordinal)
                ? ("UNKNOWN_TYPE", $"{reference} {IrcTexts.Word(request[1])}", $"Only {IrcMessageWriter.MultilineBatch} can be sent")
            : request[2].Length == 0 ? ("MULTILINE_INVALID", "", "There is no target")
            : null;

    /// <summary>Takes a command other than a message that says it is part of a batch which is open or refused. False if it does not.</summary>
    public bool TryTakeOther(IrcRequest request)
        => request.Tag("batch") is { } reference && request.Command is not ("BATCH" or "PRIVMSG" or "NOTICE" or "TAGMSG")
            && (_ignored.Contains(reference) || string.Equals(_batch?.Reference, reference, StringComparison.Ordinal))
            && TryTake(request);

    /// <summary>Takes a line that says it is part of a batch. False if it does not.</summary>
    public bool TryTake(IrcRequest request)
    {
        if (!session.Has(IrcCapabilities.Multiline) || request.Tag("batch") is not { } reference)
        {
            return false;
        }

        if (_ignored.Contains(reference) || Find(reference) is not { HasFailed: false } batch)
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

    /// <summary>Takes the end of a batch; returns the batch, which is to be said now, or null if there is nothing to say.</summary>
    public MultilineBatch? Close(string reference)
    {
        if (_ignored.Remove(reference))
        {
            return null;
        }

        if (Find(reference) is not { } batch)
        {
            return null;
        }

        _batch = null;
        if (batch.HasFailed)
        {
            return null;
        }

        if (batch.IsBlank)
        {
            Fail(batch, "MULTILINE_INVALID", "", "A message has some text");
            return null;
        }

        session.AnswerNow(batch.Label);
        return batch;
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
