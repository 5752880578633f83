using System.IO.Pipelines;

namespace Parley.TestKit;

/// <summary>Two halves of two pipes.</summary>
internal sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
