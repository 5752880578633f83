using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Server.Irc.Wire;
using Parley.Server.Options;

namespace Parley.Server.Previews;

/// <summary>Fetches the pages that messages in open rooms link to, behind their delivery, a few at a time.</summary>
/// <remarks>
/// Rooms call this under their locks: a link is found and put aside there, and fetched by a task of its own. Direct messages, and rooms that keep
/// people out, are left alone: a page's owner would learn of a link that was said to few.
/// </remarks>
internal sealed class LinkPreviews(ParleyOptions options, PageFetcher fetcher, ILogger<LinkPreviews> logger) : IMessageObserver, IHostedService, IDisposable
{
    /// <summary>Links that may wait to be fetched; further ones have no preview.</summary>
    public const int MaxWaiting = 200;

    private readonly PreviewBook _book = new(() => options.LinkPreviewsKept);
    private readonly Channel<Uri> _waiting = Channel.CreateBounded<Uri>(MaxWaiting);
    private readonly CancellationTokenSource _stopping = new();
    private Task _working = Task.CompletedTask;

    public void Posted(MessagePosted message)
    {
        if (!options.LinkPreviews || message.Kind is not (MessageKind.Text or MessageKind.Action) || message.Draft.MinRank != MemberRank.None
            || !message.IsKept || message.Life != default || LinkFinder.Find(message.Text.Span) is not { } link)
        {
            return;
        }

        var id = MessageId.Of(message.FormerRoom.IsEmpty ? message.Room : message.FormerRoom, message.Number);
        if (_book.Add(id, link) && !_waiting.Writer.TryWrite(link))
        {
            _book.Found(link, null);
        }
    }

    public void TakenBack(in HistoryEntry message, bool isByAuthor) => _book.Remove(MessageId.Of(message));

    /// <summary>The preview of a message's link, as soon as it was fetched; null if there is none, or the message was taken back meanwhile.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<LinkPreview?> FindAsync(string message, CancellationToken cancellationToken)
    {
        if (!_book.TryFind(message, out var finding))
        {
            return null;
        }

        var found = await finding.WaitAsync(cancellationToken);
        return _book.TryFind(message, out _) ? found : null;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.LinkPreviews)
        {
            _working = Task.WhenAll(Enumerable.Range(0, options.LinkPreviewsAtOnce).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _working;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var link in _waiting.Reader.ReadAllAsync(_stopping.Token))
            {
                LinkPreview? found = null;
                try
                {
                    found = await fetcher.FetchAsync(link, _stopping.Token);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // Pages are written by strangers: whatever one does to its reader, the next is read.
                    Log.PageUnreadable(logger, link.Host, e);
                }
                finally
                {
                    _book.Found(link, found);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }
}
