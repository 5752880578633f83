namespace Parley.Cli.Load;

/// <summary>Record of the messages that a receiver has seen from one sender, which are numbered 0, 1, 2, ...</summary>
/// <remarks>A struct: a room of a thousand in which all talk has a million of them.</remarks>
internal struct SequenceCheck
{
    private GapList? _gaps;

    /// <summary>The number that is next if nothing goes wrong; all below it were seen, or are missing.</summary>
    public long Next { get; private set; }

    /// <summary>Number of messages below <see cref="Next"/> that have not been seen.</summary>
    public readonly long Missing => _gaps?.Total ?? 0;

    /// <summary>Takes note of a message.</summary>
    public Sighting See(long number)
    {
        if (number == Next)
        {
            Next++;
            return Sighting.InOrder;
        }

        if (number > Next)
        {
            (_gaps ??= new GapList()).Add(Next, number);
            Next = number + 1;
            return Sighting.AfterGap;
        }

        return _gaps?.TryFill(number) == true ? Sighting.Late : Sighting.Again;
    }

    /// <summary>True if a number below <see cref="Next"/> is still missing.</summary>
    public readonly bool IsMissing(long number) => _gaps?.Contains(number) == true;
}
