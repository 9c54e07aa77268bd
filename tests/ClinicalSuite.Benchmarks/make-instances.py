#!/usr/bin/python3
"""Writes synthetic CT instances (no patient, research use) for load tests: explicit VR little endian, Part 10.

usage: make-instances.py OUT COUNT [--size 512] [--ways 1] [--run N] [--studies 1]
OUT gets one folder for each way, 0, 1, ...; each run number gives new SOP instance UIDs. Standard library only.
"""
import argparse
import os
import random
import struct

ROOT = '1.2.826.0.1.3680043.8.498.77'
CT = '1.2.840.10008.5.1.4.1.1.2'
LONG = {'OB', 'OW', 'SQ', 'UN', 'UT'}


def element(group, number, vr, value):
    if isinstance(value, str):
        value = value.encode('ascii')
    if len(value) % 2:
        value += b'\0' if vr == 'UI' else b' '
    head = struct.pack('<HH2s', group, number, vr.encode())
    return head + (struct.pack('<HI', 0, len(value)) if vr in LONG else struct.pack('<H', len(value))) + value


def us(group, number, value):
    return element(group, number, 'US', struct.pack('<H', value))


def instance(run, study, number, size, pixels):
    study_uid = f'{ROOT}.{run}.{study}'
    uid = f'{study_uid}.1.{number}'
    meta = (element(2, 1, 'OB', b'\0\1') + element(2, 2, 'UI', CT) + element(2, 3, 'UI', uid)
            + element(2, 0x10, 'UI', '1.2.840.10008.1.2.1') + element(2, 0x12, 'UI', ROOT))
    return b''.join([
        b'\0' * 128, b'DICM', element(2, 0, 'UL', struct.pack('<I', len(meta))), meta,
        element(8, 8, 'CS', 'ORIGINAL\\PRIMARY\\LOCALIZER'), element(8, 0x16, 'UI', CT), element(8, 0x18, 'UI', uid),
        element(8, 0x20, 'DA', '20260102'), element(8, 0x30, 'TM', '101112'), element(8, 0x50, 'SH', f'A{run}'),
        element(8, 0x60, 'CS', 'CT'), element(8, 0x70, 'LO', 'Synthetic test data'), element(8, 0x90, 'PN', ''),
        element(0x10, 0x10, 'PN', 'Bench^Ingest'), element(0x10, 0x20, 'LO', f'BENCH{study}'),
        element(0x10, 0x30, 'DA', '19700101'), element(0x10, 0x40, 'CS', 'O'),
        element(0x18, 0x50, 'DS', '1.5'), element(0x20, 0xD, 'UI', study_uid), element(0x20, 0xE, 'UI', study_uid + '.1'),
        element(0x20, 0x10, 'SH', '1'), element(0x20, 0x11, 'IS', '1'), element(0x20, 0x13, 'IS', str(number)),
        element(0x20, 0x32, 'DS', f'0\\0\\{number * 1.5:.1f}'), element(0x20, 0x37, 'DS', '1\\0\\0\\0\\1\\0'),
        element(0x20, 0x52, 'UI', study_uid + '.9'), us(0x28, 2, 1), element(0x28, 4, 'CS', 'MONOCHROME2'),
        us(0x28, 0x10, size), us(0x28, 0x11, size), element(0x28, 0x30, 'DS', '0.7\\0.7'), us(0x28, 0x100, 16),
        us(0x28, 0x101, 16), us(0x28, 0x102, 15), us(0x28, 0x103, 1), element(0x28, 0x1052, 'DS', '-1024'),
        element(0x28, 0x1053, 'DS', '1'), element(0x7FE0, 0x10, 'OW', pixels)])


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument('out')
    arguments.add_argument('count', type=int)
    arguments.add_argument('--size', type=int, default=512)
    arguments.add_argument('--ways', type=int, default=1)
    arguments.add_argument('--run', type=int, default=1)
    arguments.add_argument('--studies', type=int, default=1)
    given = arguments.parse_args()
    noise = random.Random(given.run)
    blocks = [noise.randbytes(given.size * given.size * 2) for _ in range(4)]
    for way in range(given.ways):
        os.makedirs(f'{given.out}/{way}', exist_ok=True)
    for number in range(given.count):
        with open(f'{given.out}/{number % given.ways}/I{number:06d}.dcm', 'wb') as file:
            file.write(instance(given.run, number % given.studies, number, given.size, blocks[number % 4]))


main()
