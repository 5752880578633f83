using System.Net;

namespace Parley.Net.Collect;

/// <summary>A line of status that somebody sent.</summary>
/// <param name="Time">When it came.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Text">What it says, without its line ending; it may hold control characters.</param>
public sealed record StatusLine(DateTimeOffset Time, IPEndPoint From, string Text);
