using System.Diagnostics.CodeAnalysis;

namespace Parley.Server.Previews;

/// <summary>Links of messages, and what was found there, each once however often it is said; the oldest are forgotten.</summary>
/// <remarks>Lock tier: leaf. Rooms call this under theirs, so nothing waits in it.</remarks>
/// <param name="capacity">Messages that are remembered.</param>
internal sealed class PreviewBook(Func<int> capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Page> _byMessage = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Page> _byLink = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Notes the link of a message; true if nobody has fetched it yet, nor does.</summary>
    public bool Add(string message, Uri link)
    {
        var key = KeyOf(link);
        lock (_gate)
        {
            var isNew = !_byLink.TryGetValue(key, out var page);
            page ??= _byLink[key] = new Page(key);
            if (_byMessage.TryAdd(message, page))
            {
                page.Messages++;
                _order.Enqueue(message);
            }

            while (_byMessage.Count > Math.Max(1, capacity()) || _order.Count > 2 * Math.Max(1, capacity()))
            {
                Forget(_order.Dequeue());
            }

            return isNew;
        }
    }

    /// <summary>Takes the link of a message away; the page with the last message that links to it.</summary>
    public void Remove(string message)
    {
        lock (_gate)
        {
            Forget(message);
        }
    }

    /// <summary>The preview of a message's link, as soon as it was fetched; false if the message is not known.</summary>
    public bool TryFind(string message, [NotNullWhen(true)] out Task<LinkPreview?>? finding)
    {
        lock (_gate)
        {
            finding = _byMessage.GetValueOrDefault(message)?.Found.Task;
            return finding is not null;
        }
    }

    /// <summary>Notes what was found; null for nothing.</summary>
    public void Found(Uri link, LinkPreview? preview)
    {
        Page? page;
        lock (_gate)
        {
            page = _byLink.GetValueOrDefault(KeyOf(link));
        }

        page?.Found.TrySetResult(preview);
    }

    /// <summary>A link without what stands behind its #, which is for the browser alone.</summary>
    private static string KeyOf(Uri link) => link.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);

    private void Forget(string message)
    {
        if (_byMessage.Remove(message, out var page) && --page.Messages == 0)
        {
            _byLink.Remove(page.Key);
            page.Found.TrySetResult(null);
        }
    }

    private sealed class Page(string key)
    {
        public string Key { get; } = key;

        public int Messages { get; set; }

        public TaskCompletionSource<LinkPreview?> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
