namespace Parley.Cli.Load;

/// <summary>A connection of the load did not get into its room; the message says why and what to do.</summary>
internal sealed class AdmissionException(string message) : Exception(message);
