using System.Diagnostics;
using Parley.Server.Options;

namespace Parley.Server.Metrics;

/// <summary>Traces a share of the messages: a span for each, and one within it for each part of its way.</summary>
/// <remarks>Spans are made when a message has been delivered, from the times that were taken on the way: only those pay that are traced.</remarks>
internal sealed class MessageTraces(ParleyOptions options, TimeProvider time) : IDisposable
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "Parley";

    private readonly ActivitySource _source = new(SourceName);
    private readonly double _share = options.TraceSample;

    /// <summary>True if the next message is to be traced.</summary>
    public bool IsNext() => _share > 0 && _source.HasListeners() && Random.Shared.NextDouble() < _share;

    /// <summary>Makes the spans of a message, from timestamps of <see cref="Stopwatch"/>.</summary>
    /// <param name="protocol">Its author's.</param>
    /// <param name="accepted">The broker had accepted it.</param>
    /// <param name="kept">History had it; 0 without history.</param>
    /// <param name="published">It was in its room.</param>
    /// <param name="flushed">All members' sockets were written to.</param>
    public void Write(KeyValuePair<string, object?> protocol, long accepted, long kept, long published, long flushed)
    {
        var end = time.GetUtcNow();

        // A new trace, whatever the thread that flushes has in hand.
        var inHand = Activity.Current;
        Activity.Current = null;
        using (var message = _source.CreateActivity("message", ActivityKind.Server, default(ActivityContext), [protocol]))
        {
            if (message is not null)
            {
                WriteParts(message);
            }
        }

        Activity.Current = inHand;

        void WriteParts(Activity message)
        {
            message.SetStartTime(At(accepted)).Start();
            if (kept != 0)
            {
                Part(message, "keep", accepted, kept);
            }

            Part(message, "publish", kept != 0 ? kept : accepted, published);
            Part(message, "flush", published, flushed);
            message.SetEndTime(At(flushed));
        }

        void Part(Activity message, string name, long from, long to)
        {
            using var part = _source.CreateActivity(name, ActivityKind.Internal, message.Context);
            part?.SetStartTime(At(from)).Start().SetEndTime(At(to));
        }

        DateTime At(long timestamp) => (end - Stopwatch.GetElapsedTime(timestamp, flushed)).UtcDateTime;
    }

    public void Dispose() => _source.Dispose();
}
