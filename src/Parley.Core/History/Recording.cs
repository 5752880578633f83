using System.IO.Pipelines;

namespace Parley.Core.History;

/// <summary>Where and how a broker keeps history.</summary>
/// <param name="Store">Keeps it.</param>
/// <param name="Options">How.</param>
/// <param name="Monitor">Is told how it goes.</param>
/// <param name="Wakes">
/// Wakes the lane; what flushes rooms unless given. The more has come in by then, the larger a batch.
/// </param>
public sealed record Recording(IHistoryStore Store, RecordingOptions Options, IRecordingMonitor Monitor, PipeScheduler? Wakes = null);
